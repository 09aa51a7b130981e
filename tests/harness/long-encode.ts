import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { drawClip, testPattern } from '../fixtures/clips';
import { postJson, uploadFile } from './api';
import type { AppServer } from './app-server';
import { tempFolder } from './temp-folder';

const cuts = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '38', '-pix_fmt', 'yuv420p', '-g', '50'];
/** Its video can be copied, but encoding it with a slow ladder takes minutes. */
const noiseVideo = () =>
  drawClip('noise.mp4', [...testPattern('1280x720', 25, 30), '-vf', 'noise=alls=60:allf=t', ...cuts]);

/** Settings with which an encode takes long; for one test. */
export const slowLadder = () => ladderSettings({ preset: 'veryslow' });

/** Settings with which small clips have a ladder that is encoded quickly; for one test. */
export const quickLadder = () =>
  ladderSettings({
    preset: 'ultrafast',
    rungs: [240, 120].map((height) => ({ height, crf: 28, maxBps: height * 1000 })),
  });

function ladderSettings(ladder: object): Record<string, string> {
  const file = path.join(tempFolder(), 'ladder.json');
  writeFileSync(file, JSON.stringify(ladder));
  return { LADDER_FILE: file };
}

/** Uploads a video and requests its package; resolves during the encode, with its first version published. */
export async function startLongEncode({ origin }: AppServer): Promise<PackageView> {
  const { links } = await uploadFile(origin, noiseVideo());
  const view: PackageView = await (await postJson(origin + links.packages, {})).json();
  await untilEncoding(origin, view);
  return view;
}

/** Waits until a package that has been published once is being encoded. */
export async function untilEncoding(origin: string, { links }: PackageView): Promise<void> {
  await expect
    .poll(async () => (await fetch(origin + links.self)).json(), { timeout: 60_000 })
    .toMatchObject({ status: 'processing', stage: 'encode', playable: true });
}
