/** How many bytes had been sent at a moment (in milliseconds of one clock). */
export interface Sample {
  atMs: number;
  bytes: number;
}

const windowMs = 5000;
const shortestMs = 500;

/**
 * Adds a sample and drops those older than five seconds, so that the rate follows the network without
 * jumping.
 */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  return [...samples.filter(({ atMs }) => sample.atMs - atMs <= windowMs), sample];
}

/** Bytes per second over the samples; null while there are too few. */
export function rateOf(samples: readonly Sample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.atMs - first.atMs < shortestMs) return null;
  return ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs);
}
