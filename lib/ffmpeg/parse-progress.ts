/**
 * The seconds of output that ffmpeg has written, from a line of `-progress`; null for its other lines.
 * `out_time_us` is `N/A` before the first packet.
 */
export function parseProgress(line: string): number | null {
  const match = /^out_time_us=(\d+)$/.exec(line.trim());
  return match?.[1] === undefined ? null : Number(match[1]) / 1e6;
}
