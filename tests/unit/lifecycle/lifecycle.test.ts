import { describe, expect, it } from 'vitest';
import {
  after,
  isCanceledClaim,
  isHeld,
  type JobLife,
  type PackageEvent,
  type PackageLife,
} from '@/lib/lifecycle/lifecycle';
import type { JobTask } from '@/lib/media/job-task';

const leaseEnds = new Date('2026-11-28T10:00:30Z');
const at = new Date('2026-11-28T10:00:00Z');
const failure = { code: 'encode-failed', message: 'Export it again.' };
const exhausted = { code: 'attempts-exhausted', message: 'It was interrupted.' };

const job = (change: Partial<JobLife> = {}): JobLife => ({
  ...{ id: 1, task: { kind: 'package' }, attempt: 0, failures: 0 },
  ...{ leaseExpiresAt: null, notBefore: null, cancelRequested: false },
  ...change,
});
const running = (change: Partial<JobLife> = {}) => job({ attempt: 1, leaseExpiresAt: leaseEnds, ...change });

const life = (change: Partial<PackageLife> = {}): PackageLife => ({
  ...{
    status: 'queued',
    stage: null,
    progress: 0,
    currentVersion: null,
    errorCode: null,
    errorMessage: null,
  },
  ...{ readyAt: null, jobs: [job()], keys: [{ id: 1, state: 'used', lastVersion: null }], versions: [] },
  ...change,
});

/** Every state that a package may be in. */
const states = {
  queued: life(),
  processing: life({ status: 'processing', stage: 'encode', progress: 0.4, jobs: [running()] }),
  'processing, playable': life({
    ...{ status: 'processing', stage: 'encode', progress: 0.5, currentVersion: 1, versions: [1] },
    jobs: [running()],
  }),
  'processing, to be canceled': life({
    ...{ status: 'processing', stage: 'encode', jobs: [running({ cancelRequested: true })] },
  }),
  ready: life({ status: 'ready', progress: 1, currentVersion: 1, versions: [1], readyAt: at, jobs: [] }),
  failed: life({ status: 'failed', errorCode: failure.code, errorMessage: failure.message, jobs: [] }),
  'failed, playable': life({
    ...{ status: 'failed', errorCode: failure.code, errorMessage: failure.message, jobs: [] },
    ...{ currentVersion: 1, versions: [1] },
  }),
  canceled: life({ status: 'canceled', jobs: [] }),
  'getting new keys': life({
    ...{ status: 'processing', stage: 'package', currentVersion: 1, versions: [1] },
    jobs: [running({ task: { kind: 'rekey' } })],
    keys: [
      { id: 1, state: 'used', lastVersion: null },
      { id: 2, state: 'waiting', lastVersion: null },
    ],
  }),
  'two changes wait': life({
    ...{ currentVersion: 1, versions: [1] },
    jobs: [job({ task: { kind: 'refresh-texts' } }), job({ id: 2, task: { kind: 'rekey' } })],
  }),
} satisfies Record<string, PackageLife>;

const events: Record<string, PackageEvent> = {
  requested: { kind: 'requested', task: { kind: 'refresh-texts' } },
  'cancel-requested': { kind: 'cancel-requested' },
  claimed: { kind: 'claimed', job: 1, leaseEnds, maxAttempts: 3, exhausted },
  progressed: { kind: 'progressed', job: 1, stage: 'verify', progress: 0.3 },
  published: { kind: 'published', job: 1, version: 2, last: null },
  completed: { kind: 'completed', job: 1, at },
  failed: { kind: 'failed', job: 1, failure },
  postponed: { kind: 'postponed', job: 1, failure, until: at },
  released: { kind: 'released', job: 1 },
  canceled: { kind: 'canceled', job: 1 },
  'worker-lost': { kind: 'worker-lost', job: 1 },
};

describe.each(Object.entries(states))('a package that is %s', (_, state) => {
  it.each(Object.entries(events))('keeps its rules when this happens: %s', (_event, event) => {
    const before = structuredClone(state);
    const now = after(state, event);
    expect(state).toEqual(before);
    // Work and status go together, and what was published stays.
    expect(['queued', 'processing'].includes(now.status)).toBe(now.jobs.length > 0);
    if (now.status !== 'processing' && event.kind !== 'progressed') expect(now.stage).toBeNull();
    expect(now.progress).toBeGreaterThanOrEqual(0);
    expect(now.progress).toBeLessThanOrEqual(1);
    expect(now.currentVersion ?? 0).toBeGreaterThanOrEqual(state.currentVersion ?? 0);
    if (now.status === 'ready')
      expect(now.currentVersion === null && state.currentVersion !== null).toBe(false);
    if ('job' in event && !state.jobs.some(({ id }) => id === event.job)) expect(now).toBe(state);
  });
});

type Row = [keyof typeof states, keyof typeof events, object];

it.each<Row>([
  [
    'queued',
    'claimed',
    { status: 'processing', stage: 'probe', jobs: [{ attempt: 1, leaseExpiresAt: leaseEnds }] },
  ],
  ['queued', 'cancel-requested', { status: 'canceled', jobs: [] }],
  ['processing', 'progressed', { stage: 'verify', progress: 0.4 }],
  ['processing', 'published', { status: 'processing', currentVersion: 2, versions: [2] }],
  ['processing', 'completed', { status: 'ready', stage: null, progress: 1, readyAt: at, jobs: [] }],
  ['processing', 'failed', { status: 'failed', errorCode: 'encode-failed', jobs: [] }],
  [
    'processing',
    'postponed',
    {
      status: 'queued',
      errorCode: 'encode-failed',
      jobs: [{ failures: 1, notBefore: at, leaseExpiresAt: null }],
    },
  ],
  [
    'processing',
    'released',
    { status: 'queued', stage: null, jobs: [{ failures: 0, leaseExpiresAt: null }] },
  ],
  ['processing', 'worker-lost', { status: 'queued', jobs: [{ failures: 1, leaseExpiresAt: null }] }],
  ['processing', 'cancel-requested', { status: 'processing', jobs: [{ cancelRequested: true }] }],
  ['processing, to be canceled', 'canceled', { status: 'canceled', jobs: [] }],
  ['processing, to be canceled', 'claimed', { status: 'canceled', jobs: [] }],
  ['processing, playable', 'failed', { status: 'failed', currentVersion: 1, versions: [1] }],
  [
    'ready',
    'requested',
    { status: 'queued', progress: 0, jobs: [{ id: null, task: { kind: 'refresh-texts' } }] },
  ],
  [
    'failed',
    'requested',
    {
      status: 'queued',
      errorCode: null,
      jobs: [{ task: { before: { status: 'failed', errorCode: 'encode-failed' } } }],
    },
  ],
  ['canceled', 'requested', { status: 'queued', jobs: [{ task: { before: { status: 'canceled' } } }] }],
  [
    'getting new keys',
    'published',
    { keys: [{ state: 'older', lastVersion: 1 }, { state: 'used' }], versions: [1, 2] },
  ],
  [
    'getting new keys',
    'failed',
    { status: 'ready', errorCode: 'encode-failed', keys: [{ id: 1, state: 'used' }] },
  ],
  ['getting new keys', 'canceled', { status: 'ready', errorCode: null, keys: [{ id: 1, state: 'used' }] }],
  ['two changes wait', 'completed', { status: 'queued', jobs: [{ id: 2 }] }],
  ['two changes wait', 'cancel-requested', { status: 'ready', jobs: [] }],
])('%s → %s', (state, event, expected) => {
  expect(after(states[state], events[event] as PackageEvent)).toMatchObject(expected);
});

it('a job whose workers died three times ends as failed', () => {
  const tired = life({ jobs: [running({ failures: 2 })] });
  const now = after(tired, events.claimed as PackageEvent);
  expect(now).toMatchObject({ status: 'failed', errorCode: 'attempts-exhausted', jobs: [] });
});

it('revoking keys ends all older ones and their versions', () => {
  const keys = [
    { id: 1, state: 'older', lastVersion: 1 },
    { id: 2, state: 'used', lastVersion: null },
    { id: 3, state: 'waiting', lastVersion: null },
  ] as const;
  const jobs = [running({ task: { kind: 'rekey', revoke: true } })];
  const now = after(life({ ...{ status: 'processing', currentVersion: 2, versions: [1, 2] }, keys, jobs }), {
    ...{ kind: 'published', job: 1, version: 3, last: null },
  });
  expect(now.keys.map(({ state }) => state)).toEqual(['retired', 'retired', 'used']);
  expect(now.versions).toEqual([3]);
});

it('the last publication leaves a job that only has to be finished, and remembers what stood before', () => {
  const before = { status: 'canceled', errorCode: null, errorMessage: null } as const;
  const task: JobTask = { kind: 'refresh-texts', before };
  const last = { version: 2, download: null, removes: 'uploads/a.m4a' };
  const now = after(life({ jobs: [running({ task })] }), { kind: 'published', job: 1, version: 2, last });
  expect(now.jobs[0]?.task).toEqual({ kind: 'finish', ...last, before });
});

it('changes that wait behind work that failed are given up where nothing is playable, and kept otherwise', () => {
  const jobs = [running(), job({ id: 2, task: { kind: 'refresh-texts' } })];
  const fail = events.failed as PackageEvent;
  expect(after(life({ status: 'processing', jobs }), fail)).toMatchObject({ status: 'failed', jobs: [] });
  expect(after(life({ status: 'processing', currentVersion: 1, versions: [1], jobs }), fail)).toMatchObject({
    status: 'queued',
    jobs: [{ id: 2, task: { before: { status: 'failed', errorCode: 'encode-failed' } } }],
  });
});

it('cancels what waits at once while something else runs', () => {
  const jobs = [running(), job({ id: 2, task: { kind: 'rekey' } })];
  const keys = [{ id: 9, state: 'waiting', lastVersion: null }] as const;
  const now = after(life({ status: 'processing', jobs, keys }), { kind: 'cancel-requested' });
  expect(now).toMatchObject({ status: 'processing', jobs: [{ id: 1, cancelRequested: true }], keys: [] });
});

it.each([
  ['its own attempt', running(), 1, true, false],
  ['an older attempt', running({ attempt: 2 }), 1, false, false],
  ['a lease that was taken away', running({ leaseExpiresAt: null }), 1, false, false],
  ['a cancellation', running({ cancelRequested: true }), 1, false, true],
])('a claim with %s', (_, claimed, attempt, held, canceled) => {
  expect([isHeld(claimed, attempt), isCanceledClaim(claimed, attempt)]).toEqual([held, canceled]);
});
