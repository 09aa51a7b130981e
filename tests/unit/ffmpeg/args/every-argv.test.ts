import { describe, expect, it } from 'vitest';
import type { Argv } from '@/lib/ffmpeg/args/argv';
import { captionArgs } from '@/lib/ffmpeg/args/caption-args';
import { decodeArgs, decodeEncryptedArgs, packetArgs } from '@/lib/ffmpeg/args/decode-args';
import { downloadArgs } from '@/lib/ffmpeg/args/download-args';
import { posterArgs } from '@/lib/ffmpeg/args/poster-args';
import { copyOutputs, prepareArgs } from '@/lib/ffmpeg/args/prepare-args';
import { keyframeArgs, packetTimeArgs, probeArgs } from '@/lib/ffmpeg/args/probe-args';
import { surveyArgs } from '@/lib/ffmpeg/args/survey-args';
import { convertTextArgs, textTrackArgs } from '@/lib/ffmpeg/args/text-track-args';
import type { DownloadStream } from '@/lib/media/package-plan';
import { sourceFile } from '@/lib/media/source-file';
import { decryptArgs, packageArgs } from '@/lib/packager/packager-args';
import {
  sampleEncoded,
  sampleKey,
  samplePlan,
  samplePlannedAudio,
  sampleRendition,
  sampleTrack,
} from '@/tests/harness/sample-plan';
import { sampleVideo } from '@/tests/harness/sample-probe';
import { samplePlannedText } from '@/tests/harness/sample-text';

const outside = '/in/source.mkv';
const source = sourceFile(outside);
const outputs = { renditions: [sampleEncoded()], audios: [], storyboard: null };
const stream = sampleVideo();
const storyboard = { intervalSeconds: 2, columns: 5, rows: 5, width: 160, height: 90, stream };
const request = { scheme: 'cbcs' as const, signalling: [], segmentSeconds: 4, output: '../v1' };
const copied = { renditions: [sampleRendition()], audios: [samplePlannedAudio()] };
const mixed: DownloadStream[] = [
  { kind: 'video', sourceIndex: 0, from: { track: 'video-1080p' } },
  { kind: 'audio', sourceIndex: 1, from: { source: 1 } },
];

const ffmpegCalls: Record<string, Argv> = {
  probe: probeArgs(outside),
  keyframes: keyframeArgs(outside, 0),
  'packet times': packetTimeArgs(outside, 0),
  'prepare, copied': prepareArgs(source, { ...copied, storyboard: null }, samplePlan()),
  'prepare, encoded': prepareArgs(source, outputs, samplePlan()),
  'prepare, thumbnails': prepareArgs(source, { ...outputs, renditions: [], storyboard }, samplePlan()),
  survey: surveyArgs(source, [0, 1]),
  'survey, with copies': surveyArgs(source, [0, 1], copyOutputs(copied)),
  captions: captionArgs(source, stream, [0, 1], { data: 'captions', times: 'captions.times' }, null),
  'download, source': downloadArgs(source, samplePlan().download, [0, 1], 'out.mp4'),
  'download, tracks': downloadArgs(source, mixed, [0, 1], 'out.mp4'),
  'text tracks': textTrackArgs(source, [samplePlannedText()]),
  'uploaded text': convertTextArgs(outside, 'srt', 'out.vtt'),
  poster: posterArgs(source, stream, 10, 'out.jpg'),
  decode: decodeArgs(['own.mp4']),
  packets: packetArgs(['own.mp4'], 30),
  'decode, encrypted': decodeEncryptedArgs(['own.ffconcat'], 1),
};
const packagerCalls: Record<string, Argv> = {
  package: packageArgs({ ...request, tracks: [sampleTrack()] }, 'keys.flags'),
  decrypt: decryptArgs([{ input: 'a.mp4', output: 'b.mp4' }], 'keys.flags'),
};

/** The options of each `-i`: those after the input before it. */
function optionsOfInputs(args: Argv): { file: string; options: string[] }[] {
  const at = args.flatMap((item, i) => (item === '-i' ? [i] : []));
  return at.map((i, n) => ({ file: args[i + 1] ?? '', options: args.slice((at[n - 1] ?? -2) + 2, i) }));
}

describe.each(Object.entries(ffmpegCalls))('ffmpeg: %s', (_, args) => {
  it('limits every input before it is opened', () => {
    const inputs = optionsOfInputs(args);
    expect(inputs.length).toBeGreaterThan(0);
    for (const { file, options } of inputs) {
      expect(file).toMatch(/^file:/);
      expect(options).toEqual(
        expect.arrayContaining(['-protocol_whitelist', '-format_whitelist', '-codec_whitelist']),
      );
      const formats = options[options.indexOf('-format_whitelist') + 1]?.split(',');
      expect(formats?.includes('concat')).toBe(file !== `file:${outside}`);
    }
  });

  it('never writes the same IV twice: no -bitexact', () => {
    expect(args.join(' ')).not.toMatch(/bitexact/);
  });
});

// Every local user can read arguments. No builder takes the digits of a key; this test finds one that does.
it.each(Object.entries({ ...ffmpegCalls, ...packagerCalls }))('%s holds no key', (_, args) => {
  const text = args.join(' ').toLowerCase();
  expect(text).not.toContain(sampleKey.keyHex);
  expect(text).not.toContain(sampleKey.kidHex);
  expect(text).not.toMatch(/\b[0-9a-f]{32}\b/);
  expect(text).not.toMatch(/(encryption|decryption)_key|--keys/);
});
