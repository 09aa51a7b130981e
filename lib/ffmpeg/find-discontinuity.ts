import { stat } from 'node:fs/promises';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { allTimesArgs } from './args/probe-args';
import { askFfprobe } from './ask-ffprobe';
import { discontinuityOf, TimestampSteps } from './timestamp-steps';

const leastTimeoutSeconds = 60;
const slowestBytesPerSecond = 40e6;

/**
 * Reads the timestamps of some streams of a source as the file has them, and returns the step that begins a
 * new time base; null where none does. Errors: see askFfprobe.
 */
export async function findDiscontinuity(
  tools: ToolRunner,
  file: string,
  streams: number[],
  signal?: AbortSignal,
): Promise<number | null> {
  const { size } = await stat(file);
  const timeoutSeconds = leastTimeoutSeconds + size / slowestBytesPerSecond;
  const steps = new Map(streams.map((index) => [index, new TimestampSteps()]));
  await askFfprobe(tools, file, allTimesArgs(file), timeoutSeconds, signal, (line) => {
    const [index, seconds] = line.split(',');
    if (seconds && Number.isFinite(Number(seconds))) steps.get(Number(index))?.add(Number(seconds));
  });
  return discontinuityOf([...steps.values()]);
}
