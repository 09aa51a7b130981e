import { describe, expect, it } from 'vitest';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { Published } from '@/lib/packaging/plan/plan-package';
import { planFor } from '@/tests/harness/plan-for';
import { sampleVideo } from '@/tests/harness/sample-probe';

describe('what is published already', () => {
  const numbersOf = (published: Published, changes: Partial<SourceProbe> = {}) =>
    planFor(changes, undefined, published).versions.map(({ number, isLast, download }) => [
      number,
      isLast,
      download,
    ]);

  it.each<[string, Published, unknown]>([
    [
      'nothing',
      { nextVersion: 1, isServed: false, hasDownload: false },
      [
        [1, false, null],
        [2, true, 'beside'],
      ],
    ],
    [
      'the first version',
      { nextVersion: 2, isServed: true, hasDownload: false },
      [
        [null, false, null],
        [2, true, 'beside'],
      ],
    ],
    [
      'the first version and the download',
      { nextVersion: 2, isServed: true, hasDownload: true },
      [
        [null, false, null],
        [2, true, null],
      ],
    ],
    [
      'versions that are made anew',
      { nextVersion: 5, isServed: false, hasDownload: false },
      [
        [5, false, null],
        [6, true, 'beside'],
      ],
    ],
  ])('is not published again: %s', (_, published, expected) => {
    expect(numbersOf(published)).toEqual(expected);
  });

  it('does not keep the only version from being published', () => {
    const published = { nextVersion: 3, isServed: true, hasDownload: true };
    const videos = [sampleVideo({ codec: 'hevc' })];
    expect(numbersOf(published, { videos, durationSeconds: 8 })).toEqual([[3, true, null]]);
  });
});
