/** The formats of uploaded text tracks (SubRip, SubStation Alpha, WebVTT), by FFmpeg's demuxer names. */
export type TextFormat = 'srt' | 'ass' | 'webvtt';

/** The format of a text file by its content: file extensions are often wrong. */
export function textFormat(text: string): TextFormat {
  if (/^\ufeff?WEBVTT(\s|$)/.test(text)) return 'webvtt';
  return /^[ \t]*\[(script info|events)\]/im.test(text) ? 'ass' : 'srt';
}

/** Adds hours to every time of SubRip, which FFmpeg needs and some tools leave out. */
export function withHours(srt: string): string {
  return srt.replaceAll(/^.*-->.*$/gm, (line) => line.replaceAll(/(?<![\d:])\d{1,2}:\d{2}[,.]\d/g, '00:$&'));
}
