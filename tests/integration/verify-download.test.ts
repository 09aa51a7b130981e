import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runFfmpeg } from '@/lib/ffmpeg/run-ffmpeg';
import { encryptMp4 } from '@/lib/formats/download/encrypt-mp4';
import type { ContentKey } from '@/lib/media/content-key';
import { downloadFile } from '@/lib/media/file-names';
import { withOutbox } from '@/lib/processes/outbox';
import { wrongKey } from '@/lib/verify/find-changed';
import { verifyDownload } from '@/lib/verify/verify-download';
import { clip, drawClip, testPattern } from '../fixtures/clips';
import { sampleKey } from '../harness/sample-plan';
import { filesBelow, tempFolder } from '../harness/temp-folder';
import { tools } from '../harness/tool-runner';

const signal = new AbortController().signal;

const both: [{ kind: 'video' }, { kind: 'audio' }] = [{ kind: 'video' }, { kind: 'audio' }];

interface Made {
  /** Null leaves it in the clear. */
  encryptedWith: ContentKey | null;
  source?: string;
  download?: { kind: 'video' | 'audio' }[];
  /** Runs on the clear file. */
  spoil?(file: string): Promise<void>;
}

/** Checks a download that is encrypted with a key, or is in the clear, against the sample key. */
async function check({ encryptedWith, source = clip('h264-aac.mp4'), download = both, spoil }: Made) {
  const folder = tempFolder();
  const file = path.join(folder, downloadFile);
  const args = ['-i', source, '-map', '0', '-c', 'copy', downloadFile];
  await withOutbox({ into: folder, names: [downloadFile] }, (outbox) =>
    runFfmpeg(tools, { args, outbox, reads: [source], timeoutSeconds: 60 }),
  );
  await spoil?.(file);
  const elsewhere = path.join(tempFolder(), downloadFile);
  await copyFile(file, elsewhere);
  const sums = await encryptMp4(encryptedWith ? file : elsewhere, encryptedWith ?? sampleKey, signal);
  try {
    await verifyDownload({ tools, folder, durationSeconds: 8, download, sums, key: sampleKey, signal });
  } finally {
    // Lists with keys are removed, whatever the result.
    expect(await filesBelow(folder)).toEqual([downloadFile]);
  }
}

it('a download that decodes with its key, and with no other, passes', async () => {
  await expect(check({ encryptedWith: sampleKey })).resolves.toBeUndefined();
});

it.each([sampleKey, null])(
  'a download whose codec cannot be opened with a wrong key is checked as well',
  async (key) => {
    const source = drawClip('mpeg4.mp4', [...testPattern('320x180', 25, 8), '-c:v', 'mpeg4']);
    const checked = check({ encryptedWith: key, source, download: [both[0]] });
    if (key) return expect(checked).resolves.toBeUndefined();
    await expect(checked).rejects.toMatchObject({ message: 'The download plays with a wrong key.' });
  },
);

it('a download that cannot be read does not pass as encrypted', async () => {
  const folder = tempFolder();
  await writeFile(path.join(folder, downloadFile), 'no MP4');
  const request = { tools, folder, durationSeconds: 8, download: both, sums: [], key: sampleKey, signal };
  await expect(verifyDownload(request)).rejects.toMatchObject({
    code: 'verify-failed',
    message: 'The download cannot be read.',
  });
});

it('a download with another key is rejected', async () => {
  await expect(check({ encryptedWith: wrongKey(sampleKey) })).rejects.toMatchObject({
    code: 'verify-failed',
    message: 'The decrypted download differs from its clear frames.',
  });
});

it('a clear download is rejected', async () => {
  await expect(check({ encryptedWith: null })).rejects.toMatchObject({
    code: 'verify-failed',
    message: 'The download plays with a wrong key.',
  });
});

it('a download that was damaged before it was encrypted is rejected', async () => {
  const spoil = async (file: string) => {
    const bytes = await readFile(file);
    await writeFile(file, bytes.fill(0xa5, bytes.indexOf('mdat') + 4, bytes.indexOf('moov') - 4));
  };
  await expect(check({ encryptedWith: sampleKey, spoil })).rejects.toMatchObject({
    code: 'verify-failed',
    message: 'The download does not decode with its key.',
  });
});

it('frames that are too small to be encrypted are accepted', async () => {
  const gray = ['-f', 'lavfi', '-i', 'color=gray:s=16x16:r=25:d=3', '-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
  const source = drawClip('gray.mp4', [...gray, '-bsf:v', 'filter_units=remove_types=6']);
  await expect(check({ encryptedWith: sampleKey, source, download: [both[0]] })).resolves.toBeUndefined();
});
