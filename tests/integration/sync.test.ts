import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { revealKeys } from '@/lib/packages/reveal-keys';
import { drawClip } from '../fixtures/clips';
import { decryptTrack } from '../harness/frames';
import { folderOf, openPipeline, packageToEnd, upload } from '../harness/pipeline';

/** A flash and a beep at once, near the end: the time between them is the offset of audio and video. */
const seconds = 12;
const at = 10;
const flash = `color=black:s=320x180:r=25:d=${seconds},drawbox=c=white:t=fill:enable='between(t,${at},${at + 0.5})'`;
const beep = `sine=1000:r=48000:d=${seconds},volume='between(t,${at},${at + 0.5})':eval=frame`;
const scene = ['-f', 'lavfi', '-i', flash, '-f', 'lavfi', '-i', beep];
const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '50', '-bf', '3', '-pix_fmt', 'yuv420p'];

const clips: [string, () => string][] = [
  ['copied', () => drawClip('sync.mp4', [...scene, ...h264, '-c:a', 'aac'])],
  ['encoded audio', () => drawClip('sync.mkv', [...scene, ...h264, '-c:a', 'libvorbis'])],
  ['all encoded', () => drawClip('sync.avi', [...scene, '-c:v', 'mpeg4', '-q:v', '4', '-c:a', 'libmp3lame'])],
  [
    'a late start',
    () => drawClip('sync.ts', [...scene, ...h264, '-c:a', 'aac', '-output_ts_offset', '95000']),
  ],
  ['audio that begins late', () => shifted('late-audio.mkv', 0, 0.7)],
  ['video that begins late', () => shifted('late-video.mkv', 0.7, 0)],
];

/** The copied clip with one stream delayed, as from recorders; flash and beep are apart by as much. */
function shifted(name: string, videoSeconds: number, audioSeconds: number): string {
  const source = drawClip('sync.mp4', [...scene, ...h264, '-c:a', 'aac']);
  const inputs = [
    '-itsoffset',
    String(videoSeconds),
    '-i',
    source,
    '-itsoffset',
    String(audioSeconds),
    '-i',
    source,
  ];
  return drawClip(name, [...inputs, '-map', '0:v', '-map', '1:a', '-c', 'copy']);
}

/** The time of the first frame whose measure is above a level, by the file's own time stamps, in seconds. */
function firstAbove(graph: string, measure: string, level: number): number {
  const entries = ['-show_entries', `frame=pts_time:frame_tags=${measure}`, '-of', 'csv=p=0'];
  const args = ['-v', 'error', '-f', 'lavfi', '-i', graph, ...entries];
  const lines = execFileSync('ffprobe', args, { maxBuffer: 64 * 1024 * 1024 })
    .toString()
    .split('\n');
  const found = lines
    .map((line) => line.split(',').map(Number))
    .find(([, value = -Infinity]) => value > level);
  if (found?.[0] === undefined) throw new Error(`Nothing above ${level} in ${graph}.`);
  return found[0];
}

const flashTime = (file: string) => firstAbove(`movie='${file}',signalstats`, 'lavfi.signalstats.YAVG', 128);

const beepTime = (file: string) =>
  firstAbove(`amovie='${file}',astats=metadata=1:reset=1`, 'lavfi.astats.Overall.RMS_level', -40);

const apart = (video: string, audio: string) => flashTime(video) - beepTime(audio);

describe('audio and video are in sync within 40 ms at the end:', () => {
  for (const [name, make] of clips) {
    it(name, async () => {
      const context = await openPipeline();
      const source = make();
      const { id } = await upload(context, source);
      const record = await packageToEnd(context, id, null, 'cenc');
      expect(record.package.status).toBe('ready');
      const [key] = await revealKeys(context, record.package.id);
      if (!key) throw new Error('No key.');
      const folder = folderOf(context, record);
      const tracks = record.version?.tracks ?? [];
      const audio = await decryptTrack(folder, tracks.find(({ kind }) => kind === 'audio')?.file ?? '', key);
      const wanted = apart(source, source);
      for (const { file } of tracks.filter(({ kind }) => kind === 'video')) {
        const video = await decryptTrack(folder, file, key);
        expect(Math.abs(apart(video, audio) - wanted), file).toBeLessThan(0.04);
      }
    });
  }
});
