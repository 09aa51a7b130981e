import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { withOutbox } from '@/lib/processes/outbox';
import { readCaptionData } from '@/lib/texts/caption-data';
import { type CaptionChannel, decodeCaptions } from '@/lib/texts/closed-captions';
import { type CaptionStream, captionArgs, mayHaveCaptions } from './args/caption-args';
import { runFfmpeg } from './run-ffmpeg';

/** Video with captions carries caption data from its start, even before the first caption. */
const lookSeconds = 60;
const leastTimeoutSeconds = 30;
/** Nothing is decoded: this is the time to read a file from a slow disk. */
const slowestBytesPerSecond = 20e6;

/**
 * The closed captions in a source's video or caption track (CEA-608, else CEA-708), timed from the source's
 * start like its other tracks; empty where there are none, or where they can't be read. `folder` is for
 * temporary files.
 */
export async function extractCaptions(
  source: string,
  stream: CaptionStream,
  streams: number[],
  durationSeconds: number,
  folder: string,
  signal: AbortSignal,
): Promise<CaptionChannel[]> {
  if (!mayHaveCaptions(stream)) return [];
  const own = await mkdtemp(path.join(folder, 'captions-'));
  const output = { data: 'captions.data', times: 'captions.times' };
  const { size } = await stat(source);
  const timeoutSeconds = leastTimeoutSeconds + size / slowestBytesPerSecond;
  const read = async (seconds: number | null) => {
    const args = captionArgs(source, stream, streams, output, seconds);
    await withOutbox({ into: own, names: Object.values(output) }, (outbox) =>
      runFfmpeg({ args, outbox, reads: [source], signal, timeoutSeconds }),
    );
    const data = await readFile(path.join(own, output.data));
    return readCaptionData(stream.codec, data, await readFile(path.join(own, output.times), 'utf8'));
  };
  try {
    const first = await read(lookSeconds);
    if (first.length === 0) return [];
    return await decodeCaptions(durationSeconds <= lookSeconds ? first : await read(null), durationSeconds);
  } catch (error) {
    if (!(error instanceof AppError) || !['tool-failed', 'tool-timeout'].includes(error.code)) throw error;
    return [];
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
