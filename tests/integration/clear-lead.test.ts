import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { probeSource } from '@/lib/ffmpeg/probe-source';
import { runPackager } from '@/lib/packager/run-packager';
import { drawClip, h264, testPattern } from '../fixtures/clips';
import { sampleKey } from '../harness/sample-plan';
import { tempFolder } from '../harness/temp-folder';
import { tools } from '../harness/tool-runner';

const signal = new AbortController().signal;
const plain = () => drawClip('eight-seconds.mp4', [...testPattern('320x180', 25, 8), ...h264]);

/** A file that Shaka Packager encrypts from the given second on. */
async function encrypted(leadSeconds: number): Promise<string> {
  const folder = tempFolder();
  copyFileSync(plain(), path.join(folder, 'in.mp4'));
  const args = (flags: string, output: string) => [
    `--flagfile=${flags}`,
    `in=in.mp4,stream=video,output=${output}/out.mp4,drm_label=all`,
    ...['--clear_lead', String(leadSeconds), '--segment_duration', '2', '--quiet'],
  ];
  const requested = { into: folder, names: ['out.mp4'] };
  await runPackager(tools, { folder, requested, keys: [sampleKey], use: 'encryption', args, signal });
  return path.join(folder, 'out.mp4');
}

it.each([0, 5])('a file that is encrypted after %d s is refused', async (leadSeconds) => {
  const file = await encrypted(leadSeconds);
  await expect(probeSource(tools, file)).rejects.toMatchObject({ code: 'source-encrypted' });
});

it.each([[[]], [['-movflags', '+faststart']], [['-movflags', 'empty_moov+frag_keyframe']]])(
  'a clear file is accepted, written with %j',
  async (flags) => {
    const file = path.join(tempFolder(), 'clear.mp4');
    execFileSync('ffmpeg', ['-v', 'error', '-i', plain(), '-c', 'copy', ...flags, file]);
    await expect(probeSource(tools, file)).resolves.toMatchObject({ videos: [{ codec: 'h264' }] });
  },
);
