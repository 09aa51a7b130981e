/** The unit in which all video tracks count time: Shaka Packager aligns renditions only when all of them have the same. */
export const ticksPerSecond = 90_000;

/** Seconds without what adding and dividing put behind the microseconds. */
export const roundSeconds = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;

/** A time, or a length, in whole ticks: times that were read as decimals are a little off, and so are their differences. */
export const toTicks = (seconds: number): number => Math.round(seconds * ticksPerSecond);
