/** The HLS playlist of a video track's keyframes alone, for seeking with frames shown (RFC 8216bis, 4.4.3.6). */
export const iframePlaylist = (name: string): string => `${name}-iframes.m3u8`;

/** Names of the manifests in a version's folder. */
export const versionFiles = {
  dash: 'manifest.mpd',
  hls: 'master.m3u8',
} as const;

/** Sheets of thumbnails, numbered by FFmpeg. */
export const thumbnailSheet = /^thumbnails-\d+\.jpg$/;

/** The folder of a version inside its package, such as `v2`. */
export function versionFolder(number: number): string {
  return `v${number}`;
}

/** The encrypted MP4, in a folder of its own beside the versions: it outlives those that are made of the same keys. */
export const downloadFile = 'download.mp4';

/** The folder of a download that is made with version `number`, such as `download-2`. */
export function downloadFolder(number: number): string {
  return `download-${number}`;
}

/** Whether a folder holds a download and nothing else: an older Cenclave kept it in a version's folder. */
export const isDownloadFolder = (name: string) => /^download-\d+$/.test(name);
