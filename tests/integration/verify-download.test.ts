import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runFfmpeg } from '@/lib/ffmpeg/run-ffmpeg';
import type { ContentKey } from '@/lib/media/content-key';
import { downloadFile } from '@/lib/media/file-names';
import { verifyDownload } from '@/lib/verify/verify-download';
import { wrongKey } from '@/lib/verify/wrong-key';
import { clip, drawClip, picture } from '../fixtures/clips';
import { sampleKey } from '../support/sample-plan';
import { filesBelow, tempFolder } from '../support/temp-folder';

const signal = new AbortController().signal;

/** Checks a download that is encrypted with a key, or is in the clear, against the sample key. */
async function check(
  encryptedWith: ContentKey | null,
  source = clip('h264-aac.mp4'),
  download = ['video', 'audio'],
) {
  const folder = tempFolder();
  const encryption = encryptedWith ? ['-encryption_scheme', 'cenc-aes-ctr', ...keyArgs(encryptedWith)] : [];
  const args = ['-i', source, '-map', '0', '-c', 'copy', ...encryption, path.join(folder, downloadFile)];
  await runFfmpeg({ args, folder, reads: [source], timeoutSeconds: 60 });
  const request = { folder, durationSeconds: 8, download, key: sampleKey, signal };
  try {
    await verifyDownload(request);
  } finally {
    // Lists with keys are gone, however it ends.
    expect(await filesBelow(folder)).toEqual([downloadFile]);
  }
}

const keyArgs = ({ keyHex, kidHex }: ContentKey) => ['-encryption_key', keyHex, '-encryption_kid', kidHex];

it('a download that decodes with its key, and with no other, is sound', async () => {
  await expect(check(sampleKey)).resolves.toBeUndefined();
});

it.each([sampleKey, null])(
  'one of a codec that cannot be opened with a wrong key is told apart as well',
  async (key) => {
    const source = drawClip('mpeg4.mp4', [...picture('320x180', 25, 8), '-c:v', 'mpeg4']);
    const checked = check(key, source, ['video']);
    if (key) return expect(checked).resolves.toBeUndefined();
    await expect(checked).rejects.toMatchObject({ message: 'The download plays with a wrong key.' });
  },
);

it('a download of which nothing can be listed does not pass for encrypted', async () => {
  const folder = tempFolder();
  await writeFile(path.join(folder, downloadFile), 'no MP4');
  const request = { folder, durationSeconds: 8, download: ['video'], key: sampleKey, signal };
  await expect(verifyDownload(request)).rejects.toMatchObject({
    code: 'verify-failed',
    message: 'The download cannot be read.',
  });
});

it('a download of another key is found', async () => {
  await expect(check(wrongKey(sampleKey))).rejects.toMatchObject({
    code: 'verify-failed',
    message: 'The download does not decode with its key.',
  });
});

it('a download that is in the clear is found', async () => {
  await expect(check(null)).rejects.toMatchObject({
    code: 'verify-failed',
    message: 'The download plays with a wrong key.',
  });
});
