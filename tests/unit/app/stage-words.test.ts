import { describe, expect, it } from 'vitest';
import { activityOf, badgeOf } from '@/app/_components/stage-words';
import { packageStatuses, stages } from '@/lib/media/status';

describe('activityOf', () => {
  it('has words for every stage', () => {
    const words = stages.map((stage) => activityOf({ status: 'processing', stage, playable: false }));
    expect(new Set(words).size).toBe(stages.length);
    expect(words).not.toContain(null);
  });

  it('says that more is being added to what plays already', () => {
    expect(activityOf({ status: 'processing', stage: 'encode', playable: true })).toBe(
      'Adding more resolutions: encoding',
    );
  });

  it('is silent once nothing happens any more', () => {
    for (const status of ['ready', 'failed', 'canceled'] as const) {
      expect(activityOf({ status, stage: null, playable: false })).toBeNull();
    }
  });
});

describe('badgeOf', () => {
  it('has words for every status', () => {
    for (const status of packageStatuses) {
      expect(badgeOf({ status, stage: null, playable: false }).text).not.toBe('');
    }
  });

  it.each([
    ['processing', true, 'Playable', 'good'],
    ['processing', false, 'Packaging', 'work'],
    ['failed', true, 'Incomplete', 'bad'],
    ['failed', false, 'Failed', 'bad'],
  ] as const)('shows %s (playable: %s) as %s', (status, playable, text, tone) => {
    expect(badgeOf({ status, stage: null, playable })).toEqual({ text, tone });
  });
});
