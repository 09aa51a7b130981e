const types = new Map(
  Object.entries({
    mpd: 'application/dash+xml',
    m3u8: 'application/vnd.apple.mpegurl',
    mp4: 'video/mp4',
    vtt: 'text/vtt; charset=utf-8',
    jpg: 'image/jpeg',
  }),
);

/** The media type of a package file; audio tracks are recognized by their name. */
export function mediaType(fileName: string): string {
  if (/^audio-.*\.mp4$/.test(fileName)) return 'audio/mp4';
  return types.get(fileName.split('.').at(-1) ?? '') ?? 'application/octet-stream';
}
