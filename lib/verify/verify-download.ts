import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { decodeEncryptedArgs, decryptionList } from '@/lib/ffmpeg/args/decode-args';
import type { ContentKey } from '@/lib/media/content-key';
import { downloadFile } from '@/lib/media/file-names';
import { beginsAs, decode } from './decode';
import { wrongKey } from './wrong-key';

/** Enough to see whether it decodes. */
const sampleSeconds = 0.5;

export interface VerifyDownloadRequest {
  folder: string;
  durationSeconds: number;
  /** Of the download; each must decode. */
  download: readonly unknown[];
  key: ContentKey;
  signal: AbortSignal;
}

/**
 * Checks the encrypted MP4: its beginning and its end decode with the key, and not with another.
 * @throws AppError `verify-failed`
 */
export async function verifyDownload({
  folder,
  durationSeconds,
  download,
  key,
  signal,
}: VerifyDownloadRequest): Promise<void> {
  const decodeFrom = async (seconds: number, { keyHex }: ContentKey) => {
    const list = 'verify-download.ffconcat';
    await writeFile(path.join(folder, list), decryptionList([downloadFile], keyHex, seconds), {
      mode: 0o600,
    });
    try {
      return await decode(decodeEncryptedArgs(list, sampleSeconds), { folder, signal });
    } finally {
      await rm(path.join(folder, list), { force: true });
    }
  };
  const streams = new Set<string>();
  let complaint: string | null = null;
  for (const seconds of [0, Math.max(0, durationSeconds - sampleSeconds)]) {
    const right = await decodeFrom(seconds, key);
    if (seconds === 0 && beginsAs(await decodeFrom(seconds, wrongKey(key)), right)) {
      throw new AppError('verify-failed', 'The download plays with a wrong key.');
    }
    for (const line of right.frames) streams.add(line.split(',')[0] ?? '');
    complaint ??= right.complaint;
  }
  // A stream may begin later than the sample ends; one that cannot be decoded makes the decoder complain.
  if (streams.size === 0 || (streams.size < download.length && complaint !== null)) {
    throw new AppError('verify-failed', 'The download does not decode with its key.', { cause: complaint });
  }
}
