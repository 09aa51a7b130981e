import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Outages, patienceMs, pauseBefore } from '@/app/_features/player/outages';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const { signal: never } = new AbortController();

it('pauses grow to ten seconds, with a little jitter', () => {
  expect([1, 2, 3, 4, 5, 6, 20].map((attempt) => pauseBefore(attempt, 0.5))).toEqual([
    500, 1000, 2000, 4000, 8000, 10_000, 10_000,
  ]);
  expect([pauseBefore(1, 0), pauseBefore(1, 1)].map(Math.round)).toEqual([400, 600]);
});

describe('the state of an outage', () => {
  it('is fine while there is something to play', () => {
    const outages = new Outages();
    void outages.untilRetry('/a', 0, 1, never);
    vi.advanceTimersByTime(2 * patienceMs);
    expect(outages.state(false)).toEqual({ kind: 'fine' });
  });

  it('is reconnecting, lost after a minute, and fine after an answer', () => {
    const outages = new Outages();
    void outages.untilRetry('/a', 0, 1, never);
    expect(outages.state(true)).toEqual({ kind: 'reconnecting' });
    vi.advanceTimersByTime(patienceMs - 1);
    expect(outages.state(true)).toEqual({ kind: 'reconnecting' });
    void outages.untilRetry('/a', 503, 2, never);
    vi.advanceTimersByTime(1);
    expect(outages.state(true)).toEqual({ kind: 'lost', status: 503 });
    outages.answered('/a');
    expect(outages.state(true)).toEqual({ kind: 'fine' });
  });

  it('counts from the first failure of a request that still fails, whatever else succeeds', () => {
    const outages = new Outages();
    void outages.untilRetry('/license', 500, 1, never);
    vi.advanceTimersByTime(patienceMs / 2);
    void outages.untilRetry('/license', 500, 2, never);
    outages.answered('/video');
    vi.advanceTimersByTime(patienceMs / 2);
    expect(outages.state(true)).toEqual({ kind: 'lost', status: 500 });
  });

  it('ends when the failing request is aborted', async () => {
    const outages = new Outages();
    const seek = new AbortController();
    const waiting = outages.untilRetry('/240p', 0, 1, seek.signal);
    seek.abort();
    await waiting;
    outages.answered('/360p');
    vi.advanceTimersByTime(2 * patienceMs);
    expect(outages.state(true)).toEqual({ kind: 'fine' });
  });
});

describe('a request that waits for its next try', () => {
  it.each([
    ['when the browser is online again', (outages: Outages) => outages.retryNow()],
    ['when another request was answered', (outages: Outages) => outages.answered('/other')],
  ])('is tried at once %s', async (_, happen) => {
    const outages = new Outages();
    const waiting = outages.untilRetry('/a', 0, 20, never);
    happen(outages);
    // No timer has run.
    await waiting;
  });

  it('stops waiting when it is aborted', async () => {
    const outages = new Outages();
    const controller = new AbortController();
    controller.abort();
    await outages.untilRetry('/a', 0, 20, controller.signal);
  });
});
