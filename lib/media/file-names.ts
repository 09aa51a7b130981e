/**
 * The HLS playlist of a video track's keyframes, with which players show frames while seeking (RFC 8216bis,
 * 4.4.3.6).
 */
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

/** The encrypted MP4, in a folder beside the versions: it outlives versions that have the same keys. */
export const downloadFile = 'download.mp4';

/** The folder of a download that is made with version `number`, such as `download-2`. */
export function downloadFolder(number: number): string {
  return `download-${number}`;
}

/** Whether a folder holds only a download: older Cenclave versions kept it in a version's folder. */
export const isDownloadFolder = (name: string) => /^download-\d+$/.test(name);
