import { execFileSync, spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { revealKeys } from '@/lib/packages/reveal-keys';
import { drawClip, h264, testPattern } from '../fixtures/clips';
import { decryptTrack } from '../harness/frames';
import { folderOf, openPipeline, packageToEnd, upload } from '../harness/pipeline';

/** The mean volume of a file's audio, in dB relative to full scale. */
function meanVolume(file: string): number {
  const args = ['-hide_banner', '-i', file, '-map', '0:a:0', '-af', 'volumedetect', '-f', 'null', '-'];
  const output = spawnSync('ffmpeg', args).stderr.toString();
  return Number(/mean_volume: (-?[\d.]+) dB/.exec(output)?.[1]);
}

it.each([-40, -6])('audio of %i dB is as loud in its track when it is encoded', async (decibels) => {
  const context = await openPipeline();
  const audio = ['-f', 'lavfi', '-i', `sine=1000:r=48000:d=5,volume=${decibels}dB`];
  const codecs = [...h264, '-c:a', 'ac3', '-ac', '2', '-b:a', '192k'];
  const clip = drawClip('loudness.mkv', [...testPattern('320x180', 25, 5), ...audio, ...codecs]);
  const record = await packageToEnd(context, (await upload(context, clip)).id, null, 'cenc');
  const [key] = await revealKeys(context, record.package.id);
  if (!key) throw new Error('No key.');
  const track = await decryptTrack(folderOf(context, record), 'audio-und.mp4', key);
  expect(
    execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name', track]).toString(),
  ).toContain('aac');
  const before = meanVolume(clip);
  expect(before).toBeLessThan(decibels);
  expect(Math.abs(meanVolume(track) - before)).toBeLessThan(0.5);
});
