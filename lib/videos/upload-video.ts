import { type Acting, ownerIdOf } from '@/lib/access/principal';
import { probeSource } from '@/lib/ffmpeg/probe-source';
import type { ReceivedFile } from '@/lib/http/receive-upload';
import { cleanFileName, extensionOf } from '@/lib/http/upload-name';
import type { VideoRecord } from '@/lib/ledger/records';
import { sourceFile } from '@/lib/media/source-file';
import { type SourceProbe, withEmptyStreams } from '@/lib/media/source-probe';
import { withDiscontinuity } from '@/lib/packaging/steps/discontinuities';
import { streamsWithoutPackets } from '@/lib/packaging/steps/empty-streams';
import { surveyStreams } from '@/lib/packaging/steps/survey-streams';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { localChecksum } from '@/lib/storage/checksums';
import { randomName, uploadKey } from '@/lib/storage/keys';
import { syncToDisk } from '@/lib/storage/sync-to-disk';
import { firstTitle } from './video-text';

/**
 * Probes a received file and stores it as a video.
 * @param storedAs the random name, without extension, by which the store keeps it
 * @throws AppError `not-a-video`, `source-encrypted`, `video-too-complex`; nothing is left behind then
 */
export async function uploadVideo(
  acting: Acting,
  file: ReceivedFile,
  storedAs = randomName(),
): Promise<VideoRecord> {
  const { sizeBytes } = file;
  // Storing it waits for the disk as well, which is done by then.
  const [{ probe, durationSeconds }] = await Promise.all([
    acting.uploadTurns(() => probeReceived(acting.tools, file)),
    syncToDisk(file.path),
  ]);
  const sha256 = file.sha256 ?? (await localChecksum(file.path));
  const name = cleanFileName(file.name);
  const storageKey = uploadKey(storedAs, extensionOf(name));
  await acting.store.putFile(file.path, storageKey);
  try {
    return await acting.ledger.addVideo({
      name,
      title: firstTitle(name),
      storageKey,
      sizeBytes,
      sha256,
      durationSeconds,
      probe,
      ownerId: ownerIdOf(acting.principal),
    });
  } catch (error) {
    await acting.store.remove(storageKey);
    throw error;
  }
}

/**
 * The size that is read in about a second. A larger file's duration is measured when it is packaged; until
 * then, its header's counts.
 */
const mostBytesToSurvey = 256 * 1024 * 1024;
const surveyMilliseconds = 25_000;

/** The probe and the measured duration of a file: headers ignore joined streams and a missing end. */
async function probeReceived(tools: ToolRunner, { path, sizeBytes }: ReceivedFile): Promise<Found> {
  const probe = await probeSource(tools, path);
  if (sizeBytes > mostBytesToSurvey) return { probe, durationSeconds: probe.durationSeconds };
  return survey(tools, path, probe, AbortSignal.timeout(surveyMilliseconds));
}

type Found = Pick<VideoRecord, 'probe' | 'durationSeconds'>;

async function survey(
  tools: ToolRunner,
  path: string,
  probe: SourceProbe,
  signal: AbortSignal,
): Promise<Found> {
  const known = await surveyStreams(tools, sourceFile(path, probe), probe, signal).catch(() => null); // packaging reports the reason
  if (!known || known.endSeconds === 0) return { probe, durationSeconds: probe.durationSeconds };
  const informed = await withDiscontinuity(tools, path, probe, known, signal).catch(() => probe);
  if (informed.discontinuitySeconds && !probe.discontinuitySeconds)
    return survey(tools, path, informed, signal);
  const empty = streamsWithoutPackets(probe, known);
  // Another video may replace an empty one.
  if (empty.length > 0) return survey(tools, path, withEmptyStreams(informed, empty), signal);
  return { probe: informed, durationSeconds: known.endSeconds };
}
