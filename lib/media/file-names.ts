/** Names of the files in a version's folder; players and the download handler rely on them. */
export const versionFiles = {
  dash: 'manifest.mpd',
  hls: 'master.m3u8',
  download: 'download.mp4',
} as const;

/** The folder of a version inside its package, such as `v2`. */
export function versionFolder(number: number): string {
  return `v${number}`;
}
