import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { run } from './run';
import type { ClipSize } from './sizes';

/**
 * Generates a clip that is as hard to encode as camera footage: moving detail, changing patches, and grain.
 * It is kept for later runs.
 */
export async function drawClip(folder: string, size: ClipSize): Promise<string> {
  const args = recipe(size);
  const name = createHash('sha256').update(args.join('\n')).digest('hex').slice(0, 12);
  const file = path.join(folder, `${name}.mp4`);
  if (existsSync(file)) return file;
  await mkdir(folder, { recursive: true });
  const unfinished = path.join(folder, `${process.pid}-${name}.mp4`);
  await run(['ffmpeg', '-v', 'error', '-nostdin', '-y', ...args, unfinished]);
  await rename(unfinished, file);
  return file;
}

// biome-ignore format: one group a line
function recipe({ width, height, seconds, bitrateBps }: ClipSize): string[] {
  const scale = `scale=${width}:${height}:flags=bicubic,format=yuv420p`;
  return [
    '-f', 'lavfi', '-i', 'mandelbrot=s=960x540:r=25:maxiter=300:end_pts=1500:end_scale=0.002',
    '-f', 'lavfi', '-i', 'life=s=240x136:r=25:seed=7:ratio=0.15:mold=12:life_color=#c0d040:death_color=#302080:mold_color=#103010',
    '-f', 'lavfi', '-i', 'anoisesrc=c=pink:a=0.1:seed=3:r=48000',
    '-filter_complex', `[0]${scale}[a];[1]${scale}[b];[a][b]blend=all_mode=average,noise=alls=20:allf=t:all_seed=5[v]`,
    '-map', '[v]', '-map', '2:a', '-t', String(seconds),
    '-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-g', '50', '-bf', '2',
    '-b:v', String(bitrateBps), '-maxrate', String(1.2 * bitrateBps), '-bufsize', String(bitrateBps),
    '-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-movflags', '+faststart',
  ];
}

/**
 * Copies an MP4 and enlarges it to the given size with a `free` box at its end (ISO/IEC 14496-12, 8.1.2),
 * which players skip.
 */
export async function padClip(clip: string, sizeBytes: number, file: string): Promise<string> {
  await copyFile(clip, file);
  const boxBytes = sizeBytes - (await stat(clip)).size;
  const header = Buffer.alloc(16);
  // A size of 1 means that the actual size, of 64 bits, follows the type.
  header.writeUInt32BE(1, 0);
  header.write('free', 4, 'latin1');
  header.writeBigUInt64BE(BigInt(boxBytes), 8);
  const handle = await open(file, 'a');
  try {
    await handle.write(header);
    const noise = randomBytes(8 * 1024 * 1024);
    for (let left = boxBytes - header.length; left > 0; left -= noise.length)
      await handle.write(noise.subarray(0, Math.min(left, noise.length)));
  } finally {
    await handle.close();
  }
  return file;
}
