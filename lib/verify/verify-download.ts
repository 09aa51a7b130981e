import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { decodeEncryptedArgs, decryptionList, packetArgs } from '@/lib/ffmpeg/args/decode-args';
import type { ContentKey } from '@/lib/media/content-key';
import { downloadFile } from '@/lib/media/file-names';
import { type Decoded, decode } from './decode';
import { hasSameFrames, readFrameLine, type StoredFrame } from './stored-frames';
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
 * Checks the encrypted MP4: its beginning and its end decode with the key, and each of its streams is encrypted.
 * @throws AppError `verify-failed`
 */
export async function verifyDownload(request: VerifyDownloadRequest): Promise<void> {
  const { folder, durationSeconds, download, key, signal } = request;
  const lists: string[] = [];
  const listOf = async (list: string, { keyHex }: ContentKey, fromSeconds: number) => {
    lists.push(list);
    await writeFile(path.join(folder, list), decryptionList([downloadFile], keyHex, fromSeconds), {
      mode: 0o600,
    });
    return list;
  };
  const end = Math.max(0, durationSeconds - sampleSeconds);
  try {
    const [right, wrong] = [
      await listOf('verify-right.ffconcat', key, 0),
      await listOf('verify-wrong.ffconcat', wrongKey(key), 0),
    ];
    await checkEncryption(request, right, wrong);
    const ends = [right, await listOf('verify-end.ffconcat', key, end)];
    const decoded = await decode(decodeEncryptedArgs(ends, sampleSeconds), { folder, signal });
    checkDecoded(decoded, download.length);
  } finally {
    for (const list of lists) await rm(path.join(folder, list), { force: true });
  }
}

/** With another key the frames must be others. They are not decoded: a decoder is slow where it can't make sense of them. */
async function checkEncryption(
  { folder, download, signal }: VerifyDownloadRequest,
  right: string,
  wrong: string,
): Promise<void> {
  const list = (file: string) =>
    decode(packetArgs([{ file, firstSeconds: sampleSeconds }]), { folder, signal });
  // Each alone: some codecs cannot even be opened with a wrong key.
  const [own, other] = await Promise.all([list(right), list(wrong)]);
  // Nothing listed shows nothing: it must not pass for encrypted.
  if (own.frames.length === 0)
    throw new AppError('verify-failed', 'The download cannot be read.', { cause: own.complaint });
  for (const i of download.keys()) {
    const frames = framesOf(own, i);
    if (frames.length > 0 && hasSameFrames(frames, framesOf(other, i)))
      throw new AppError('verify-failed', 'The download plays with a wrong key.');
  }
}

const framesOf = ({ frames }: Decoded, stream: number): StoredFrame[] =>
  frames.filter((line) => line.startsWith(`${stream},`)).map(readFrameLine);

/** Of the beginning and of the end, whose streams are counted on. */
function checkDecoded({ frames, complaint }: Decoded, streamCount: number): void {
  const streams = new Set(frames.map((line) => Number.parseInt(line, 10) % streamCount));
  // A stream may begin later than the sample ends; one that cannot be decoded makes the decoder complain.
  if (streams.size === 0 || (streams.size < streamCount && complaint !== null)) {
    throw new AppError('verify-failed', 'The download does not decode with its key.', { cause: complaint });
  }
}
