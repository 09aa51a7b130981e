import type { DownloadStream } from '@/lib/media/package-plan';
import type { SourceFile } from '@/lib/media/source-file';
import { toContainerLanguage } from '../language';
import { anchorArgs } from './anchor-args';
import type { Argv } from './argv';
import { sourceInput, workFileArgs } from './input-args';

/**
 * Makes the MP4 that is then encrypted for download (see lib/formats/download): every stream copied, tables
 * at the end.
 */
export function downloadArgs(
  source: SourceFile,
  streams: DownloadStream[],
  sourceStreams: number[],
  output: string,
): Argv {
  const tracks = streams.flatMap(({ from }) => ('track' in from ? [from.track] : []));
  const used = streams.flatMap(({ from }) => ('source' in from ? [from.source] : []));
  return [
    ...sourceInput(source),
    // A track's own start time counts from the source's start: it must not be moved to zero.
    ...tracks.flatMap((track) => [...workFileArgs, '-seek_timestamp', '1', '-i', `file:${track}.mp4`]),
    ...streams.flatMap(({ from }) => [
      '-map',
      'track' in from ? `${tracks.indexOf(from.track) + 1}:0` : `0:${from.source}`,
    ]),
    '-map_chapters',
    '-1',
    '-c',
    'copy',
    // The tags of a stream name its language: those of the source, or of a track, which may have none of its
    // own.
    ...streams.flatMap((stream, i) => [
      `-map_metadata:s:${i}`,
      tagsOf(stream, tracks),
      ...languageArgs(stream, i),
    ]),
    // FLAC and a few others are still "experimental" in FFmpeg's MP4 writer.
    '-strict',
    'experimental',
    // From a source with a timecode, FFmpeg would make a timecode track, which is neither video nor audio.
    '-write_tmcd',
    '0',
    '-f',
    'mp4',
    '-y',
    output,
    ...anchorArgs(sourceStreams, used),
  ];
}

function tagsOf({ from, sourceIndex }: DownloadStream, tracks: string[]): string {
  if (sourceIndex !== null) return `0:s:${sourceIndex}`;
  return 'track' in from ? `${tracks.indexOf(from.track) + 1}:s:0` : `0:s:${from.source}`;
}

/** MP4 needs three letters: FFmpeg drops a language of two letters. */
function languageArgs({ language = 'und' }: DownloadStream, i: number): Argv {
  const code = toContainerLanguage(language);
  return code === null ? [] : [`-metadata:s:${i}`, `language=${code}`];
}
