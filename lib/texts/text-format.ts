/** The formats in which text tracks are uploaded, by FFmpeg's names for their demuxers. */
export type TextFormat = 'srt' | 'ass' | 'webvtt';

/** What a text file is, by its content: names of files are often wrong. */
export function textFormat(text: string): TextFormat {
  if (/^\ufeff?WEBVTT(\s|$)/.test(text)) return 'webvtt';
  return /^[ \t]*\[(script info|events)\]/im.test(text) ? 'ass' : 'srt';
}

/** SubRip with hours in every time, as FFmpeg needs them; some tools leave them out. */
export function withHours(srt: string): string {
  return srt.replaceAll(/^.*-->.*$/gm, (line) => line.replaceAll(/(?<![\d:])\d{1,2}:\d{2}[,.]\d/g, '00:$&'));
}
