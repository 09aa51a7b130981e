import { AppError } from '@/lib/base/errors';
import { prepareTracks } from '@/lib/ffmpeg/prepare-tracks';
import { probeSource } from '@/lib/ffmpeg/probe-source';
import { audioKeyLabel } from '@/lib/keys/key-labels';
import type { JobTask } from '@/lib/media/job-task';
import { sourceFile } from '@/lib/media/source-file';
import type { Attempt } from '../attempt';
import type { SourceTrack } from '../plan/packager-tracks';
import { planAudios } from '../plan/plan-tracks';
import type { WorkFolders } from '../work-folder';
import { streamsWithoutSamples } from './empty-streams';

/**
 * Makes audio tracks from the first audio stream of an uploaded file, in the given language.
 * @throws AppError `source-gone`, `not-a-video`, `encode-failed`
 */
export async function encodeAddedAudio(
  attempt: Attempt,
  task: Extract<JobTask, { kind: 'add-audio' }>,
  served: SourceTrack[],
  { input, tracks: folder }: WorkFolders,
): Promise<SourceTrack[]> {
  const { job, store, signal, ladder, progress } = attempt;
  const file = await store.checkout(task.storageKey, input);
  if (file === null) throw new AppError('source-gone', 'The uploaded audio is gone. Upload it again.');
  const probe = await probeSource(attempt.tools, file, signal);
  const { durationSeconds, audios } = probe;
  const [stream] = audios;
  if (!stream) throw new AppError('not-a-video', 'The file holds no audio.', { field: 'file' });
  const { language, label: title } = task;
  // Names of the source's own audio tracks stay reserved, although a track may have been left out: the next
  // download identifies tracks by name.
  const others = [...served, ...planAudios(job.source.probe.audios)];
  const planned = planAudios([{ ...stream, language, title, role: 'dub' }], others);
  const settings = {
    durationSeconds,
    streams: [stream.index],
    keyframes: { everySeconds: ladder.keyframeSeconds },
    preset: ladder.preset,
    holdsFrames: false,
    guessesTimes: false,
  };
  const make = { renditions: [], audios: planned, storyboard: null };
  await prepareTracks(
    attempt.tools,
    sourceFile(file, probe),
    make,
    settings,
    folder,
    signal,
    progress.within,
  );
  const empty = await streamsWithoutSamples(make, folder);
  if (empty.length > 0) throw new AppError('not-a-video', 'The file declares audio, but holds none.');
  return planned.map(({ name, label, role, mode }): SourceTrack => {
    const keyLabel = audioKeyLabel(job.keyMode);
    return { kind: 'audio', name, language, label, role, keyLabel, isCopied: mode === 'copy' };
  });
}
