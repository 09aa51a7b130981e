import type { TextTrack } from '@/lib/media/text-track';

/** A master playlist with text tracks, and the media playlist of each, by file name. */
export interface HlsTexts {
  master: string;
  playlists: Map<string, string>;
}

const group = 'text';

/**
 * Replaces the text tracks of a master playlist with these (RFC 8216, 4.3.4.1): a rendition each, whose
 * playlist has the whole WebVTT file as its only segment.
 */
export function addTextTracksToHls(master: string, texts: TextTrack[], durationSeconds: number): HlsTexts {
  const lines = master.split('\n').filter((line) => !subtitlesLine.test(line));
  const streams = lines.map((line) =>
    line.startsWith('#EXT-X-STREAM-INF:') ? withSubtitles(line, texts.length > 0) : line,
  );
  const firstStream = streams.findIndex((line) => line.startsWith('#EXT-X-STREAM-INF:'));
  const lastMedia = streams.findLastIndex((line) => line.startsWith('#EXT-X-MEDIA:'));
  const at = lastMedia >= 0 ? lastMedia + 1 : Math.max(firstStream, 0);
  return {
    master: streams.toSpliced(at, 0, ...texts.map(mediaLine)).join('\n'),
    playlists: new Map(texts.map(({ file }) => [playlistOf(file), mediaPlaylist(file, durationSeconds)])),
  };
}

/** `TYPE=SUBTITLES` outside of quotes. */
const subtitlesLine = /^#EXT-X-MEDIA:(?:[^"]|"[^"]*")*?\bTYPE=SUBTITLES\b/;

function withSubtitles(line: string, hasTexts: boolean): string {
  const plain = line.replace(/,SUBTITLES="[^"]*"/, '');
  return hasTexts ? `${plain},SUBTITLES="${group}"` : plain;
}

const playlistOf = (file: string) => file.replace(/\.vtt$/, '.m3u8');

/** Apple's names for what captions describe beyond speech (HLS Authoring Specification, 5.11). */
const captionCharacteristics =
  'public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound';

function mediaLine({ file, language, label, role }: TextTrack): string {
  const attributes = [
    'TYPE=SUBTITLES',
    `GROUP-ID="${group}"`,
    `NAME="${plainLabel(label).replaceAll('"', "'")}"`,
    ...(language === 'und' ? [] : [`LANGUAGE="${language}"`]),
    'DEFAULT=NO',
    'AUTOSELECT=YES',
    `FORCED=${role === 'forced-subtitle' ? 'YES' : 'NO'}`,
    ...(role === 'caption' ? [`CHARACTERISTICS="${captionCharacteristics}"`] : []),
    `URI="${playlistOf(file)}"`,
  ];
  return `#EXT-X-MEDIA:${attributes.join(',')}`;
}

function mediaPlaylist(file: string, durationSeconds: number): string {
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.ceil(durationSeconds))}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXTINF:${durationSeconds.toFixed(3)},`,
    file,
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}

/** Replaces characters that an HLS attribute cannot hold with spaces. */
const plainLabel = (label: string) => label.replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]+/gu, ' ');
