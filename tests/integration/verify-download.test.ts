import path from 'node:path';
import { expect, it } from 'vitest';
import { runFfmpeg } from '@/lib/ffmpeg/run-ffmpeg';
import type { ContentKey } from '@/lib/media/content-key';
import { downloadFile } from '@/lib/media/file-names';
import { verifyDownload } from '@/lib/verify/verify-download';
import { wrongKey } from '@/lib/verify/wrong-key';
import { clip } from '../fixtures/clips';
import { sampleKey } from '../support/sample-plan';
import { filesBelow, tempFolder } from '../support/temp-folder';

const signal = new AbortController().signal;

/** Checks a download of picture and sound that is encrypted with a key, or is in the clear, against the sample key. */
async function check(encryptedWith: ContentKey | null) {
  const folder = tempFolder();
  const source = clip('h264-aac.mp4');
  const encryption = encryptedWith ? ['-encryption_scheme', 'cenc-aes-ctr', ...keyArgs(encryptedWith)] : [];
  const args = ['-i', source, '-map', '0', '-c', 'copy', ...encryption, path.join(folder, downloadFile)];
  await runFfmpeg({ args, folder, reads: [source], timeoutSeconds: 60 });
  const request = { folder, durationSeconds: 8, download: ['video', 'audio'], key: sampleKey, signal };
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
