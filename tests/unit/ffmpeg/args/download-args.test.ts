import { expect, it } from 'vitest';
import { downloadArgs } from '@/lib/ffmpeg/args/download-args';
import { sourceInput, workFileArgs } from '@/lib/ffmpeg/args/input-args';
import type { DownloadStream } from '@/lib/media/package-plan';
import { sourceFile } from '@/lib/media/source-file';
import { valuesOf, words } from '@/tests/harness/sample-argv';

const ending = words('-strict experimental -write_tmcd 0 -f mp4 -y /out/download.mp4');
const source = sourceFile('/in/source.mkv');
const make = (streams: DownloadStream[], sourceStreams: number[] = []) =>
  downloadArgs(source, streams, sourceStreams, '/out/download.mp4');

it("copies the source's own streams", () => {
  const args = make([
    { kind: 'video', sourceIndex: 0, from: { source: 0 } },
    { kind: 'audio', sourceIndex: 2, from: { source: 2 } },
  ]);
  expect(args).toEqual([
    ...sourceInput(source),
    ...words('-map 0:0 -map 0:2 -map_chapters -1 -c copy'),
    ...words('-map_metadata:s:0 0:s:0 -map_metadata:s:1 0:s:2'),
    ...ending,
  ]);
});

it('takes the encoded track where MP4 cannot carry the stream', () => {
  const args = make([
    { kind: 'video', sourceIndex: 0, from: { track: 'video-480p' } },
    { kind: 'audio', sourceIndex: 1, from: { source: 1 } },
    { kind: 'audio', sourceIndex: 4, from: { track: 'audio-de' } },
  ]);
  expect(args).toEqual([
    ...sourceInput(source),
    ...workFileArgs,
    ...words('-seek_timestamp 1 -i file:video-480p.mp4'),
    ...workFileArgs,
    ...words('-seek_timestamp 1 -i file:audio-de.mp4'),
    ...words('-map 1:0 -map 0:1 -map 2:0 -map_chapters -1 -c copy'),
    ...words('-map_metadata:s:0 0:s:0 -map_metadata:s:1 0:s:1 -map_metadata:s:2 0:s:4'),
    ...ending,
  ]);
});

it('takes the tags of an added track from that track', () => {
  const args = make([
    { kind: 'video', sourceIndex: 3, from: { source: 3 } },
    { kind: 'audio', sourceIndex: null, from: { track: 'audio-fr' } },
  ]);
  expect(valuesOf(args, '-map')).toEqual(['0:3', '1:0']);
  expect(valuesOf(args, '-map_metadata:s:1')).toEqual(['1:s:0']);
});

it('names the language of an added track, which may have no tag', () => {
  const added = (language: string): DownloadStream => {
    return { kind: 'audio', sourceIndex: null, from: { track: `audio-${language}` }, language };
  };
  const args = make([
    { kind: 'video', sourceIndex: 0, from: { source: 0 } },
    ...['de', 'und', 'pt-BR'].map(added),
  ]);
  const from = args.indexOf('-map_metadata:s:0');
  expect(args.slice(from, args.indexOf('-strict'))).toEqual(
    words(
      '-map_metadata:s:0 0:s:0 -map_metadata:s:1 1:s:0 -metadata:s:1 language=ger ' +
        '-map_metadata:s:2 2:s:0 -map_metadata:s:3 3:s:0 -metadata:s:3 language=por',
    ),
  );
});

it('reads all streams that any run reads, so that all runs share one time origin', () => {
  const args = make([{ kind: 'video', sourceIndex: 0, from: { source: 0 } }], [0, 1, 3]);
  expect(args.slice(-9)).toEqual(words('/out/download.mp4 -map 0:1 -map 0:3 -c copy -f null -').slice(-9));
});
