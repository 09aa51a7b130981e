import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { PackageKey } from '@/lib/media/content-key';
import { packageArgs } from '@/lib/packager/packager-args';
import { runPackager } from '@/lib/packager/run-packager';
import { checkDecryption } from '@/lib/verify/check-decryption';
import { wrongKey } from '@/lib/verify/wrong-key';
import { clip } from '../fixtures/clips';
import { sampleKey, sampleTrack } from '../support/sample-plan';
import { tempFolder } from '../support/temp-folder';

const signal = new AbortController().signal;
const file = 'video-1080p.mp4';

/** A clear track, and its encryption as the sample that is checked. */
async function encryptedClip() {
  const clearFolder = tempFolder();
  const scratchFolder = path.join(clearFolder, 'v1');
  mkdirSync(scratchFolder);
  copyFileSync(clip('h264-aac.mp4'), path.join(clearFolder, file));
  const output = { scheme: 'cenc', signalling: [], segmentSeconds: 4, output: 'v1' } as const;
  const args = (keyFile: string) =>
    packageArgs({ tracks: [sampleTrack()], ...output, signalling: [] }, keyFile);
  await runPackager({ folder: clearFolder, keys: [sampleKey], use: 'encryption', args, signal });
  const check = (keys: PackageKey[] = [sampleKey]) =>
    checkDecryption({ tracks: [{ file, kind: 'video' }], clearFolder, scratchFolder, keys, signal });
  return { clearFolder, sample: path.join(scratchFolder, file), check };
}

it('an encrypted track that decrypts to what went in is sound', async () => {
  const { check } = await encryptedClip();
  await expect(check()).resolves.toBeUndefined();
});

it('a track that was not encrypted is found, since it plays with any key', async () => {
  const { check, clearFolder, sample } = await encryptedClip();
  copyFileSync(path.join(clearFolder, file), sample);
  await expect(check()).rejects.toMatchObject({
    code: 'verify-failed',
    message: `The track ${file} plays with a wrong key.`,
  });
});

it('a track of another key is found', async () => {
  const { check } = await encryptedClip();
  await expect(check([wrongKey(sampleKey)])).rejects.toMatchObject({ code: 'verify-failed' });
});

it('a track that is broken in one place is found', async () => {
  const { check, sample } = await encryptedClip();
  const bytes = readFileSync(sample);
  const at = Math.floor(bytes.length * 0.6);
  bytes.fill(0, at, at + 4000);
  writeFileSync(sample, bytes);
  await expect(check()).rejects.toMatchObject({ code: 'verify-failed' });
});
