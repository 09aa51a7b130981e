import type { KeyLabel, KeyMode, PackageKey } from '@/lib/media/content-key';

/** The largest short sides of SD and HD video, in pixels. */
const sdLines = 576;
const hdLines = 1080;

/** Which key a video track is encrypted with. Sizes in pixels, as shown. */
export function videoKeyLabel(
  size: { width: number | null; height: number | null },
  mode: KeyMode,
): KeyLabel {
  if (mode === 'one') return 'all';
  const lines = Math.min(size.width ?? 0, size.height ?? 0);
  if (lines <= sdLines) return 'sd';
  return lines <= hdLines ? 'hd' : 'uhd';
}

/** Which key an audio track is encrypted with. */
export function audioKeyLabel(mode: KeyMode): KeyLabel {
  return mode === 'one' ? 'all' : 'audio';
}

/** The labels that a package needs keys for. */
export function keyLabelsOf(mode: KeyMode): KeyLabel[] {
  return mode === 'one' ? ['all'] : ['audio', 'sd', 'hd', 'uhd', 'download'];
}

/** The key with a label; in a package with one key for all tracks, that key. */
export function keyFor(keys: PackageKey[], label: KeyLabel): PackageKey {
  const key = keys.find((item) => item.label === label) ?? keys.find((item) => item.label === 'all');
  if (!key) throw new Error(`There is no content key for "${label}".`);
  return key;
}
