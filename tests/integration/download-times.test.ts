import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { revealKeys } from '@/lib/packages/reveal-keys';
import { drawClip, tone } from '../fixtures/clips';
import { downloadOf, openPipeline, packageToEnd, upload } from '../harness/pipeline';

const frames = 60;

/** Each frame is lighter than the one before it. */
const brighter = [
  '-f',
  'lavfi',
  '-i',
  `color=black:s=160x90:r=25:d=${frames / 25},geq=lum='20+3*N':cb=128:cr=128`,
];

/** AVI stores no presentation times. */
const clipOf = (codec: string) =>
  drawClip(`brighter-${codec}.avi`, [
    ...[...brighter, ...tone(440, frames / 25), '-c:v', codec, '-bf', '2', '-pix_fmt', 'yuv420p', '-g', '25'],
    ...['-c:a', 'libmp3lame'],
  ]);

/** The brightness of a video's frames, in presentation order. */
function lightness(file: string, keyHex?: string): number[] {
  const key = keyHex === undefined ? [] : ['-decryption_key', keyHex];
  const filter = 'signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-';
  const args = ['-v', 'error', ...key, '-i', file, '-map', '0:v', '-vf', filter, '-vsync', 'passthrough'];
  const output = execFileSync('ffmpeg', [...args, '-f', 'null', '-']).toString();
  const shown = [...output.matchAll(/pts_time:([\d.]+)\s+lavfi\.signalstats\.YAVG=([\d.]+)/g)];
  return shown
    .map(([, time, light]) => ({ time: Number(time), light: Number(light) }))
    .toSorted((a, b) => a.time - b.time)
    .map(({ light }) => Math.round(light));
}

it.each(['libx264', 'mpeg4'])(
  'the download of an AVI with B-frames shows every frame in order: %s',
  async (codec) => {
    const context = await openPipeline();
    const source = clipOf(codec);
    const { id } = await upload(context, source);
    const record = await packageToEnd(context, id, null, 'cenc');
    expect(record.package.status).toBe('ready');
    const [key] = await revealKeys(context, record.package.id);
    const shown = lightness(downloadOf(context, record), key?.keyHex);
    expect(shown.length).toBeGreaterThanOrEqual(frames - 1);
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    expect(new Set(shown).size).toBe(shown.length);
  },
);
