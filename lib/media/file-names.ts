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

/**
 * The part of a version's address that names it, such as `v2`; older Cenclave versions kept its files there.
 */
export function versionFolder(number: number): string {
  return `v${number}`;
}

/**
 * The folder of what one attempt at a job makes, such as `v2-job15-1`: an attempt that lost its claim, and
 * does not know it yet, never writes where another one does.
 */
export const attemptFolder = (name: string, { id, attempt }: { id: number; attempt: number }): string =>
  `${name}-job${id}-${attempt}`;

/** The encrypted MP4, in a folder beside the versions: it outlives versions that have the same keys. */
export const downloadFile = 'download.mp4';

/** The folder of a download that is made with version `number`, without the attempt that made it. */
export function downloadFolder(number: number): string {
  return `download-${number}`;
}

/** Whether a folder holds only a download: older Cenclave versions kept it in a version's folder. */
export const isDownloadFolder = (name: string) => /^download-\d+(-job\d+-\d+)?$/.test(name);

/** Whether a folder of a package holds a version. */
export const isVersionFolder = (name: string) => /^v\d+(-job\d+-\d+)?$/.test(name);
