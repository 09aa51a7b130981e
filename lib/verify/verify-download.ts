import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { decodeEncryptedArgs, decryptionList, packetArgs } from '@/lib/ffmpeg/args/decode-args';
import type { ClearChecksums } from '@/lib/formats/download/encrypt-mp4';
import type { ContentKey } from '@/lib/media/content-key';
import { downloadFile } from '@/lib/media/file-names';
import type { DownloadStream } from '@/lib/media/package-plan';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { type Decoded, decode } from './decode';
import { clearBytes, wrongKey } from './find-changed';
import { hasSameFrames, largestFrameBytes, readFrameLine, type StoredFrame } from './stored-frames';

/** Enough to see whether it decodes. */
const sampleSeconds = 0.5;

export interface VerifyDownloadRequest {
  tools: ToolRunner;
  folder: string;
  durationSeconds: number;
  /** The streams of the download; each must decode. */
  download: readonly Pick<DownloadStream, 'kind'>[];
  /** The checksums of each stream's clear samples. */
  sums: ClearChecksums[];
  key: ContentKey;
  signal: AbortSignal;
}

/** Lists of the download with a key: its beginning with the right key and with a wrong one, and its end. */
interface KeyLists {
  right: string;
  wrong: string;
  end: string;
}

/**
 * Checks the encrypted MP4: with the key, its beginning and its end are what was encrypted, and decode; with
 * another key they are not.
 * @throws AppError `verify-failed`
 */
export async function verifyDownload(request: VerifyDownloadRequest): Promise<void> {
  const { tools, folder, durationSeconds, download, key, signal } = request;
  const lists = {
    right: 'verify-right.ffconcat',
    wrong: 'verify-wrong.ffconcat',
    end: 'verify-end.ffconcat',
  };
  const write = (list: string, { keyHex }: ContentKey, fromSeconds: number) =>
    writeFile(path.join(folder, list), decryptionList([downloadFile], keyHex, fromSeconds), { mode: 0o600 });
  try {
    await write(lists.right, key, 0);
    await write(lists.wrong, wrongKey(key), 0);
    await write(lists.end, key, Math.max(0, durationSeconds - sampleSeconds));
    await checkFrames(request, lists);
    const args = decodeEncryptedArgs([lists.right, lists.end], sampleSeconds);
    checkDecoded(await decode(tools, args, { folder, signal }), download.length);
  } finally {
    for (const list of Object.values(lists)) await rm(path.join(folder, list), { force: true });
  }
}

/** Compares stored frames without decoding them: decoders are slow on garbage. */
async function checkFrames(
  { tools, folder, download, sums, signal }: VerifyDownloadRequest,
  { right, wrong, end }: KeyLists,
): Promise<void> {
  const list = (...files: string[]) => decode(tools, packetArgs(files, sampleSeconds), { folder, signal });
  // Separately: some codecs cannot even be opened with a wrong key.
  const [own, other] = await Promise.all([list(right, end), list(wrong)]);
  // An empty list proves nothing: it must not pass for encrypted.
  if (own.frames.length === 0)
    throw new AppError('verify-failed', 'The download cannot be read.', { cause: own.complaint });
  for (const [i, { kind }] of download.entries()) {
    const begin = framesOf(own, i);
    if (largestFrameBytes(begin) > clearBytes[kind] && hasSameFrames(begin, framesOf(other, i)))
      throw new AppError('verify-failed', 'The download plays with a wrong key.');
    const found = [...begin, ...framesOf(own, download.length + i)];
    if (!found.every(({ crcHex }) => sums[i]?.includes(Number.parseInt(crcHex, 16))))
      throw new AppError('verify-failed', 'The decrypted download differs from its clear frames.');
  }
}

const framesOf = ({ frames }: Decoded, stream: number): StoredFrame[] =>
  frames.filter((line) => line.startsWith(`${stream},`)).map(readFrameLine);

/** Checks the decoded beginning and end, whose streams are numbered through. */
function checkDecoded({ frames, complaint }: Decoded, streamCount: number): void {
  const streams = new Set(frames.map((line) => Number.parseInt(line, 10) % streamCount));
  // A stream may begin later than the sample ends; one that cannot be decoded makes the decoder complain.
  if (streams.size === 0 || (streams.size < streamCount && complaint !== null)) {
    throw new AppError('verify-failed', 'The download does not decode with its key.', { cause: complaint });
  }
}
