import type { PackageKey } from '@/lib/media/content-key';

/** The name under which the server gives a package's download away. */
export function downloadName(videoName: string): string {
  return `${videoName.replace(/(?<=.)\.[^.]*$/, '')}_encrypted.mp4`;
}

/** A command line that plays the downloaded file, ready to paste into a POSIX shell. */
export function ffplayCommand(videoName: string, keyHex: string): string {
  const quoted = downloadName(videoName).replace(/[\\"$`]/g, '\\$&');
  return `ffplay "${quoted}" -decryption_key ${keyHex}`;
}

/** The key that the download is encrypted with: its own where each type of track has one. */
export function downloadKey(keys: PackageKey[]): PackageKey | undefined {
  return keys.find(({ label }) => label === 'download') ?? keys[0];
}
