import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '@/lib/base/errors';
import type { TrackSet } from '@/lib/media/package-plan';
import { CopiesRefused, withCopies } from '@/lib/packaging/steps/refused-copies';
import { sampleEncoded, samplePlannedAudio, sampleRendition } from '@/tests/harness/sample-plan';
import { sampleAudio } from '@/tests/harness/sample-probe';

const copied: TrackSet = { renditions: [sampleRendition()], audios: [samplePlannedAudio()] };
const encoded: TrackSet = { renditions: [sampleEncoded()], audios: [samplePlannedAudio({ mode: 'encode' })] };
const mixed: TrackSet = {
  renditions: [sampleRendition(), sampleEncoded()],
  audios: [
    samplePlannedAudio({ mode: 'encode' }),
    samplePlannedAudio({ stream: sampleAudio({ index: 5 }), mode: 'copy' }),
  ],
};

const failing = (tracks: TrackSet, error: unknown) =>
  withCopies(tracks, () => Promise.reject(error)).catch((thrown: unknown) => thrown);

describe('a step that works with tracks', () => {
  it('returns its result', async () => {
    expect(await withCopies(copied, async () => 7)).toBe(7);
  });

  it.each<ErrorCode>(['encode-failed', 'packager-failed', 'verify-failed'])(
    'refuses the copies, where it ends with %s',
    async (code) => {
      const error = new AppError(code, 'x');
      const thrown = await failing(copied, error);
      expect(thrown).toBeInstanceOf(CopiesRefused);
      expect(thrown).toMatchObject({ streams: [0, 1], cause: error });
    },
  );

  it('refuses only the copies at fault, where these are found', async () => {
    const [found, error] = [new CopiesRefused([1]), new AppError('verify-failed', 'x')];
    const step = () => Promise.reject(error);
    await expect(withCopies(copied, step, () => Promise.reject(found))).rejects.toBe(found);
    await expect(withCopies(copied, step, async () => {})).rejects.toMatchObject({
      streams: [0, 1],
      cause: error,
    });
  });

  it('refuses only the streams that are copied', async () => {
    expect(await failing(mixed, new AppError('packager-failed', 'x'))).toMatchObject({ streams: [0, 5] });
  });

  it.each<[string, TrackSet, unknown]>([
    ['nothing is copied', encoded, new AppError('packager-failed', 'x')],
    ['the machine is at fault', copied, new AppError('tool-killed', 'x')],
    ['the disk is full', copied, new AppError('disk-full', 'x')],
    ['the error is unexpected', copied, new Error('x')],
    ['it was aborted', copied, new DOMException('x', 'AbortError')],
  ])('fails with its own error where %s', async (_, tracks, error) => {
    expect(await failing(tracks, error)).toBe(error);
  });
});
