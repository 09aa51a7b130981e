import { describe, expect, it } from 'vitest';
import { activityOf, badgeOf, whyNotEditable } from '@/app/_features/packages/package-status-text';
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

  it.each([
    ['probe', 'Making the next version: starting'],
    ['copy', 'Making the next version: preparing the tracks'],
    ['package', 'Making the next version: encrypting'],
    ['verify', 'Making the next version: checking that it plays'],
    [null, 'Making the next version: starting'],
  ] as const)('describes the stage %s of a change as making the next version', (stage, words) => {
    expect(activityOf({ status: 'processing', stage, playable: true })).toBe(words);
  });

  it('says that a change waits', () => {
    expect(activityOf({ status: 'queued', stage: null, playable: true })).toBe(
      'The next version waits for its turn',
    );
  });

  it('is null for finished work', () => {
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
    ['canceled', true, 'Canceled', 'idle'],
    ['canceled', false, 'Canceled', 'idle'],
    ['queued', true, 'Playable', 'good'],
    ['queued', false, 'Waiting for its turn', 'idle'],
  ] as const)('shows %s (playable: %s) as %s', (status, playable, text, tone) => {
    expect(badgeOf({ status, stage: null, playable })).toEqual({ text, tone });
  });
});

describe('a package can be changed', () => {
  it.each([
    ['ready', true, null],
    ['failed', true, null],
    ['queued', true, 'Possible when the work on this package is done.'],
    ['processing', true, 'Possible when the work on this package is done.'],
    ['processing', false, 'Possible when this package is ready.'],
    ['failed', false, 'Not possible: this package was never finished.'],
    ['canceled', false, 'Not possible: this package was never finished.'],
  ] as const)('when %s (playable: %s): %s', (status, playable, reason) => {
    expect(whyNotEditable({ status, stage: null, playable })).toBe(reason);
  });
});
