import { expect, it } from 'vitest';
import { limitsWithin, parseLimits, toolLimits } from '@/lib/processes/tool-limits';

const GiB = 1024 ** 3;
const none = parseLimits('');

it.each([
  ['light', 2, 2.5],
  ['heavy', 2, 5],
  ['light', 16, 6],
  ['heavy', 16, 12],
] as const)('a %s run on %d cores gets %f GiB', (weight, cores, gib) => {
  expect(toolLimits(weight, 10, GiB, cores).dataBytes).toBe(gib * GiB);
});

it('a run gets CPU time for its time limit on every core', () => {
  expect(toolLimits('light', 0.5, GiB, 4).cpuSeconds).toBe(4);
  expect(toolLimits('heavy', 3600, GiB, 2).cpuSeconds).toBe(7200);
});

it('a file may be as large as the output of the largest upload', () => {
  expect(toolLimits('heavy', 10, GiB, 2).fileBytes).toBe(64 * GiB);
  expect(toolLimits('heavy', 10, 100 * GiB, 2).fileBytes).toBe(400 * GiB);
});

const table = `Limit                     Soft Limit           Hard Limit           Units
Max cpu time              unlimited            unlimited            seconds
Max file size             1024                 2048                 bytes
Max data size             unlimited            unlimited            bytes
Max processes             96365                100                  processes
`;

it('hard limits are read from the table of Linux', () => {
  expect(parseLimits(table)).toEqual({
    cpuSeconds: Number.POSITIVE_INFINITY,
    fileBytes: 2048,
    dataBytes: Number.POSITIVE_INFINITY,
    processes: 100,
  });
});

it('no limit exceeds a limit of the server', () => {
  const wanted = toolLimits('light', 10, GiB, 2);
  expect(limitsWithin(wanted, none)).toEqual(wanted);
  expect(limitsWithin(wanted, parseLimits(table))).toEqual({ ...wanted, fileBytes: 2048, processes: 100 });
});
