import type { PackageKey } from '@/lib/media/content-key';

/** The file name that the server gives to a package's download. */
export function downloadName(videoName: string): string {
  return `${videoName.replace(/(?<=.)\.[^.]*$/, '')}_encrypted.mp4`;
}

/** A command line that plays the downloaded file, ready to paste into a POSIX shell. */
export function ffplayCommand(videoName: string, keyHex: string): string {
  const quoted = downloadName(videoName).replace(/[\\"$`]/g, '\\$&');
  return `ffplay "${quoted}" -decryption_key ${keyHex}`;
}

/** The key of the download: a separate one if there is one key per track type. */
export function downloadKey(keys: PackageKey[]): PackageKey | undefined {
  return keys.find(({ label }) => label === 'download') ?? keys[0];
}
