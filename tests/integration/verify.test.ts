import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packetArgs } from '@/lib/ffmpeg/args/decode-args';
import { FormatError } from '@/lib/formats/bytes/fields';
import { readDash } from '@/lib/formats/dash/read-dash';
import type { PackageKey } from '@/lib/media/content-key';
import { decryptArgs, packageArgs, packagedFiles } from '@/lib/packager/packager-args';
import { runPackager } from '@/lib/packager/run-packager';
import { checkAligned } from '@/lib/verify/check-aligned';
import { readClearEnds } from '@/lib/verify/clear-ends';
import { decode, ofInput } from '@/lib/verify/decode';
import { decryptSegment } from '@/lib/verify/decrypt-segment';
import { wrongKey } from '@/lib/verify/find-changed';
import { readFrameLine, type StoredFrame } from '@/lib/verify/stored-frames';
import { readEncryption } from '@/lib/verify/track-ends';
import { verifyTracks } from '@/lib/verify/verify-tracks';
import { clip, drawClip, h264, testPattern } from '../fixtures/clips';
import { sampleKey, sampleTrack } from '../harness/sample-plan';
import { tempFolder } from '../harness/temp-folder';
import { tools } from '../harness/tool-runner';

const signal = new AbortController().signal;
const file = 'video-1080p.mp4';

/** A clear track, and a version that holds it encrypted. */
async function encryptedClip(scheme: 'cenc' | 'cbcs' = 'cenc', kind: 'video' | 'audio' = 'video') {
  const clearFolder = tempFolder();
  const versionFolder = path.join(clearFolder, 'v1');
  mkdirSync(versionFolder);
  copyFileSync(clip(kind === 'video' ? 'h264-aac.mp4' : 'audio.mp4'), path.join(clearFolder, file));
  // With one segment, the whole track serves as the sample.
  const tracks = [{ ...sampleTrack(), kind }];
  const request = { tracks, scheme, signalling: [], segmentSeconds: 60 };
  const args = (keyFile: string, output: string) => packageArgs({ ...request, output }, keyFile);
  const requested = { into: versionFolder, names: packagedFiles(tracks) };
  const run = { folder: clearFolder, requested, keys: [sampleKey], args, signal };
  await runPackager(tools, { ...run, use: 'encryption' });
  const scratchFolder = path.join(clearFolder, 'scratch');
  const kids = new Map([[file, sampleKey.kidHex]]);
  const check = (keys: PackageKey[] = [sampleKey]) =>
    verifyTracks({
      tools,
      versionFolder,
      clearFolder,
      scratchFolder,
      scheme,
      keys,
      kids,
      isAligned: true,
      signal,
    });
  return { clearFolder, sample: path.join(versionFolder, file), check };
}

it('an encrypted track that decrypts to its clear frames passes', async () => {
  const { check } = await encryptedClip();
  await expect(check()).resolves.toMatchObject([{ file, kind: 'video' }]);
});

it('a track with clear frames is rejected, since it plays with any key', async () => {
  const { check, sample } = await encryptedClip();
  const bytes = readFileSync(sample);
  // The sample encryption box (senc) then declares a few clear bytes of each frame, and no encrypted ones.
  const at = bytes.indexOf('senc') + 4;
  for (let frame = 0, entry = at + 8; frame < bytes.readUInt32BE(at + 4); frame++, entry += 10 + 6) {
    expect(bytes.readUInt16BE(entry + 8)).toBe(1);
    bytes.writeUInt32BE(0, entry + 12);
  }
  writeFileSync(sample, bytes);
  await expect(check()).rejects.toMatchObject({
    code: 'verify-failed',
    message: `The track ${file} plays with a wrong key.`,
  });
});

it.each([
  ['cenc', 'video', 200],
  ['cenc', 'audio', 173],
  ['cbcs', 'video', 200],
  ['cbcs', 'audio', 173],
] as const)('our decryption of %s, %s, returns the clear frames', async (scheme, kind, count) => {
  const { sample, clearFolder } = await encryptedClip(scheme, kind);
  const decrypted: StoredFrame[] = [];
  const bytes = readFileSync(sample);
  for await (const frame of decryptSegment(bytes, readEncryption(bytes), sampleKey, signal))
    decrypted.push(frame);
  expect(decrypted).toEqual(await listed(clearFolder));
  expect(decrypted.length).toBeGreaterThanOrEqual(count);
});

/** All frames of the clear track, as FFmpeg lists them. */
async function listed(clearFolder: string): Promise<StoredFrame[]> {
  const all = await decode(tools, packetArgs([file], 60), { folder: clearFolder, signal });
  return ofInput(all, 0).frames.map(readFrameLine);
}

describe.each(['video', 'audio'] as const)('the ends of a clear track, %s', (kind) => {
  it('are read from the tables of a plain MP4', async () => {
    const { clearFolder } = await encryptedClip('cenc', kind);
    const frames = await listed(clearFolder);
    const read = (first: number, last: number) => readClearEnds(path.join(clearFolder, file), first, last);
    expect(await read(70, 45)).toEqual({ first: frames.slice(0, 70), last: frames.slice(-45) });
    expect(await read(9999, 0)).toEqual({ first: frames, last: [] });
  });

  it('are read from the fragments that Shaka Packager decrypted', async () => {
    const { clearFolder } = await encryptedClip('cbcs', kind);
    const args = (keyFile: string, output: string) =>
      decryptArgs([{ input: `v1/${file}`, output: `${output}/${kind}.mp4` }], keyFile);
    const requested = { into: path.join(clearFolder, 'v1'), names: [`${kind}.mp4`] };
    const run = { folder: clearFolder, requested, keys: [sampleKey], args, signal };
    await runPackager(tools, { ...run, use: 'decryption' });
    const decrypted = path.join(clearFolder, 'v1', `${kind}.mp4`);
    expect(readFileSync(decrypted).includes('moof')).toBe(true);
    const frames = await listed(clearFolder);
    expect(await readClearEnds(decrypted, 70, 45)).toEqual({
      first: frames.slice(0, 70),
      last: frames.slice(-45),
    });
  });
});

it('a clear track that cannot be read throws', async () => {
  const { clearFolder } = await encryptedClip();
  const clear = path.join(clearFolder, file);
  writeFileSync(clear, readFileSync(clear).subarray(0, 5000));
  await expect(readClearEnds(clear, 5, 5)).rejects.toThrow(FormatError);
});

it('a track with another key is rejected', async () => {
  const { check } = await encryptedClip();
  await expect(check([wrongKey(sampleKey)])).rejects.toMatchObject({ code: 'verify-failed' });
});

it('a track that is damaged in one place is rejected', async () => {
  const { check, sample } = await encryptedClip();
  const bytes = readFileSync(sample);
  const at = Math.floor(bytes.length * 0.6);
  bytes.fill(0, at, at + 4000);
  writeFileSync(sample, bytes);
  await expect(check()).rejects.toMatchObject({ code: 'verify-failed' });
});

it('renditions that are cut at different times are rejected', async () => {
  const folder = tempFolder();
  const made = (name: string, keyframes: number) =>
    drawClip(name, [
      ...testPattern('320x180', 25, 10),
      ...h264,
      '-g',
      String(keyframes),
      '-sc_threshold',
      '0',
    ]);
  const [two, three] = [made('every-2s.mp4', 50), made('every-3s.mp4', 75)];
  await expect(cutAlike(folder, two, two)).resolves.toBeUndefined();
  await expect(cutAlike(folder, two, three)).rejects.toMatchObject({
    code: 'verify-failed',
    message: expect.stringContaining('have different segment boundaries'),
  });
});

/** Packages two clips as the renditions of one version, and checks how they are cut. */
async function cutAlike(folder: string, ...clips: string[]): Promise<void> {
  const tracks = clips.map((source, i) => {
    copyFileSync(source, path.join(folder, `video-${i}.mp4`));
    return sampleTrack({ name: `video-${i}` });
  });
  mkdirSync(path.join(folder, 'v1'), { recursive: true });
  const request = { tracks, scheme: 'cenc' as const, signalling: [], segmentSeconds: 4 };
  const args = (keyFile: string, output: string) => packageArgs({ ...request, output }, keyFile);
  const versionFolder = path.join(folder, 'v1');
  const requested = { into: versionFolder, names: packagedFiles(tracks) };
  await runPackager(tools, { folder, requested, keys: [sampleKey], use: 'encryption', args, signal });
  await checkAligned(versionFolder, readDash(readFileSync(path.join(versionFolder, 'manifest.mpd'), 'utf8')));
}
