/**
 * ISO/IEC 14496-10, table A-1: macroblocks per second, per frame, and kbit/s of the High profile (1.25 times
 * Main's).
 */
const levels: readonly [level: string, perSecond: number, perFrame: number, kbps: number][] = [
  ['3.0', 40_500, 1620, 12_500],
  ['3.1', 108_000, 3600, 17_500],
  ['3.2', 216_000, 5120, 25_000],
  ['4.0', 245_760, 8192, 25_000],
  ['4.2', 522_240, 8704, 62_500],
  ['5.0', 589_824, 22_080, 168_750],
  ['5.1', 983_040, 36_864, 300_000],
  ['5.2', 2_073_600, 36_864, 300_000],
  ['6.0', 4_177_920, 139_264, 300_000],
  ['6.1', 8_355_840, 139_264, 600_000],
];

/** The frame rate may briefly exceed the average. */
const leastFramesPerSecond = 30;

/**
 * The level that an encode declares, such as `4.0`: x264's own choice may be one that browsers refuse (0.9),
 * or too low for a moment of a variable frame rate. Every player accepts 3.0, so that nothing lower is
 * declared.
 */
export function h264Level(size: { width: number; height: number }, framesPerSecond: number, maxBps: number) {
  const perFrame = Math.ceil(size.width / 16) * Math.ceil(size.height / 16);
  const perSecond = perFrame * Math.max(framesPerSecond, leastFramesPerSecond);
  const fits = levels.find(
    ([, mostPerSecond, mostPerFrame, kbps]) =>
      perSecond <= mostPerSecond && perFrame <= mostPerFrame && maxBps <= kbps * 1000,
  );
  return fits?.[0] ?? '6.2';
}
