/**
 * The unit in which all video tracks count time: Shaka Packager aligns renditions only when all of them have
 * the same.
 */
export const ticksPerSecond = 90_000;

/** Rounds seconds to microseconds, which removes the errors of floating-point arithmetic. */
export const roundSeconds = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;

/**
 * A time, or a duration, in whole ticks: times parsed from decimals are slightly off, and so are their
 * differences.
 */
export const toTicks = (seconds: number): number => Math.round(seconds * ticksPerSecond);
