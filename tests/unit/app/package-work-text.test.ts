import { describe, expect, it } from 'vitest';
import {
  cancelLoss,
  canGoFirst,
  canRetry,
  outcomeOf,
  queuePlaceText,
  waitingSentence,
} from '@/app/_features/packages/package-work-text';
import type { WaitingView } from '@/lib/packages/waiting-view';

const inQueue: WaitingView = {
  reason: 'queue',
  message: '2 other jobs run first.',
  place: 3,
  priority: 'normal',
  notBefore: null,
};
const next: WaitingView = { ...inQueue, reason: 'worker', message: 'It starts in a moment.', place: 1 };
const retry: WaitingView = {
  ...inQueue,
  reason: 'retry',
  message: 'Attempt 1 of 3 failed. The next one starts automatically.',
  notBefore: '2026-11-22T10:00:05.000Z',
};
const error = { code: 'tool-killed', message: 'FFmpeg was ended from outside.' };
const queued = { status: 'queued', stage: null, error: null } as const;

describe('work that waits', () => {
  it.each([
    [inQueue, false, '2 other jobs run first.'],
    [next, false, 'It starts in a moment.'],
    [inQueue, true, 'The next version waits for its turn. 2 other jobs run first.'],
    [null, false, 'Waiting for its turn.'],
  ])('says why (%o, playable: %s)', (waiting, playable, words) => {
    expect(waitingSentence({ ...queued, waiting, playable })).toBe(words);
  });

  it('says why the last attempt failed, and that the next starts automatically', () => {
    expect(waitingSentence({ ...queued, waiting: retry, playable: false, error })).toBe(
      'FFmpeg was ended from outside. Attempt 1 of 3 failed. The next one starts automatically.',
    );
  });

  it.each([
    [inQueue, 'Place 3 in the queue', true],
    [{ ...inQueue, priority: 'high' } as const, 'Place 3 in the queue, with high priority', false],
    [next, null, false],
    [retry, null, false],
    [null, null, false],
  ])('shows its place, and whether it can go first: %o', (waiting, words, can) => {
    expect(queuePlaceText({ waiting })).toBe(words);
    expect(canGoFirst({ waiting })).toBe(can);
  });
});

describe('how work ended', () => {
  it.each([
    ['ready', true, null, null],
    ['queued', true, error, null],
    ['ready', true, error, { isBad: true, text: `The last change failed: ${error.message}` }],
    ['failed', false, error, { isBad: true, text: error.message }],
    [
      'failed',
      true,
      error,
      { isBad: true, text: `It plays, but its next version could not be made. ${error.message}` },
    ],
  ] as const)('%s (playable: %s)', (status, playable, error, outcome) => {
    expect(outcomeOf({ status, playable, error, textsBehind: false })).toEqual(outcome);
  });

  it('is not a failure when it was canceled, and says what is left', () => {
    expect(outcomeOf({ status: 'canceled', playable: true, error: null, textsBehind: false })).toMatchObject({
      isBad: false,
      text: expect.stringMatching(/still plays/),
    });
    expect(outcomeOf({ status: 'canceled', playable: false, error: null, textsBehind: false })).toMatchObject(
      {
        isBad: false,
        text: expect.stringMatching(/before there was anything to play/),
      },
    );
  });
});

describe('a change of text tracks that is not in the package', () => {
  const behind = { status: 'ready', playable: true, error: null, textsBehind: true } as const;

  it('is reported and can be retried', () => {
    expect(outcomeOf(behind)).toEqual({
      isBad: false,
      text: expect.stringMatching(/captions was canceled/),
    });
    expect(outcomeOf({ ...behind, error })).toMatchObject({ isBad: true });
    expect(canRetry(behind)).toBe(true);
    expect(canRetry({ ...behind, textsBehind: false })).toBe(false);
  });

  it('is not reported while a job is queued', () => {
    expect(outcomeOf({ ...behind, status: 'queued' })).toBeNull();
    expect(canRetry({ ...behind, status: 'queued' })).toBe(false);
  });
});

describe('what canceling loses', () => {
  it.each([
    ['queued', false, 0, null],
    ['queued', true, 0, /^The published version still plays/],
    ['processing', true, 0.5, /^The published version still plays/],
    ['processing', false, 0.42, /so far \(42%\) is lost/],
    ['processing', false, 0, /so far is lost/],
  ] as const)('when %s (playable: %s, progress %d): %s', (status, playable, progress, words) => {
    const loss = cancelLoss({ status, playable, progress });
    if (words === null) expect(loss).toBeNull();
    else expect(loss).toMatch(words);
  });
});
