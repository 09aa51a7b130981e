import type { ContentKey } from '@/lib/media/content-key';
import type { DownloadStream } from '@/lib/media/package-plan';
import type { Argv } from './argv';
import { fromOutside, fromWorkFolder } from './input-args';

/**
 * Makes the encrypted MP4 for download (`cenc`, ISO/IEC 23001-7 10.1), every stream copied. The key comes from a preset
 * file: arguments can be read by every local user. Never add `-bitexact` here: it makes every IV zero.
 */
export function downloadArgs(
  source: string,
  streams: DownloadStream[],
  presetFile: string,
  output: string,
): Argv {
  const tracks = streams.flatMap(({ from }) => ('track' in from ? [from.track] : []));
  return [
    ...fromOutside,
    '-i',
    `file:${source}`,
    // A track's own start time counts from the source's start: it must not be moved to zero.
    ...tracks.flatMap((track) => [...fromWorkFolder, '-seek_timestamp', '1', '-i', `file:${track}.mp4`]),
    ...streams.flatMap(({ from }) => [
      '-map',
      'track' in from ? `${tracks.indexOf(from.track) + 1}:0` : `0:${from.source}`,
    ]),
    '-map_chapters',
    '-1',
    '-c',
    'copy',
    // A track that was made has no tags of its own: those of the source's stream tell its language.
    ...streams.flatMap(({ sourceIndex }, i) =>
      sourceIndex === null ? [] : [`-map_metadata:s:${i}`, `0:s:${sourceIndex}`],
    ),
    // FLAC and a few others are still "experimental" in FFmpeg's MP4 writer.
    '-strict',
    'experimental',
    '-movflags',
    '+faststart',
    '-fpre',
    presetFile,
    '-f',
    'mp4',
    '-y',
    output,
  ];
}

/** The preset file that goes with downloadArgs. */
export function encryptionPreset({ kidHex, keyHex }: ContentKey): string {
  return `encryption_scheme=cenc-aes-ctr\nencryption_key=${keyHex}\nencryption_kid=${kidHex}\n`;
}
