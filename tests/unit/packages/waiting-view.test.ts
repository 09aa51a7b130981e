import { expect, it } from 'vitest';
import { waitingView } from '@/lib/packages/waiting-view';

const now = new Date('2026-11-22T10:00:00Z');
const job = { packageId: 1, ahead: 0, running: 1, failures: 0, notBefore: null, priority: 0 };

it.each([
  ['the next', {}, { reason: 'worker', place: 1, message: 'It starts when a running job ends.' }],
  ['alone', { running: 0 }, { reason: 'worker', place: 1, message: 'It starts in a moment.' }],
  ['the second', { ahead: 1 }, { reason: 'queue', place: 2, message: 'One other job runs first.' }],
  ['the fourth', { ahead: 3 }, { reason: 'queue', place: 4, message: '3 other jobs run first.' }],
  [
    'waiting for another attempt',
    { failures: 1, notBefore: new Date('2026-11-22T10:00:05Z') },
    {
      reason: 'retry',
      place: 1,
      message: 'Attempt 1 of 3 failed. The next one starts automatically.',
      notBefore: '2026-11-22T10:00:05.000Z',
    },
  ],
  [
    'due again',
    { failures: 1, notBefore: new Date('2026-11-22T09:59:59Z') },
    { reason: 'worker', notBefore: null },
  ],
  ['put first', { priority: 1 }, { priority: 'high' }],
])('a job that is %s', (_, changes, expected) => {
  expect(waitingView({ ...job, ...changes }, now)).toMatchObject(expected);
});
