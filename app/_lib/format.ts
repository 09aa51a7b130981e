const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
const bitUnits = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s'] as const;

/** Scales a number by thousands and keeps about three digits. */
function withUnit(value: number, units: readonly string[]): string {
  let scaled = value;
  let unit = 0;
  while (Math.round(scaled) >= 1000 && unit < units.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || scaled >= 99.95 ? 0 : 1;
  return `${scaled.toFixed(digits)} ${units[unit]}`;
}

/** A size in decimal units, such as `1.4 GB`. */
export function formatBytes(sizeBytes: number): string {
  return withUnit(sizeBytes, byteUnits);
}

/** A transfer rate, such as `12.5 MB/s`. */
export function formatSpeed(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** A bitrate, such as `4.2 Mbit/s`. */
export function formatBitrate(bitrateBps: number): string {
  return withUnit(bitrateBps, bitUnits);
}

/** A duration as players show it, such as `1:02:03` or `0:07`. */
export function formatDuration(durationSeconds: number): string {
  const total = Math.max(0, Math.round(durationSeconds));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/**
 * The remaining time, such as `12 s left` or `1 h 20 min left`; rounded up, so that it is never too short.
 */
export function formatTimeLeft(secondsLeft: number): string {
  const seconds = Math.max(1, Math.ceil(secondsLeft));
  if (seconds < 60) return `${seconds} s left`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min left`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`} left`;
}

const inEnglish = new Intl.RelativeTimeFormat('en');

/** The time until something happens, such as `in 12 seconds`; rounded up. */
export function formatUntil(secondsAway: number): string {
  const seconds = Math.ceil(secondsAway);
  if (seconds <= 0) return 'in a moment';
  return seconds < 100
    ? inEnglish.format(seconds, 'second')
    : inEnglish.format(Math.ceil(seconds / 60), 'minute');
}

/** A share from 0 to 1 as whole percent; 100 % only when it is 1. */
export function formatPercent(share: number): string {
  const percent = share >= 1 ? 100 : Math.min(99, Math.max(0, Math.floor(share * 100)));
  return `${percent}%`;
}

/** `1 package`, `3 packages`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
