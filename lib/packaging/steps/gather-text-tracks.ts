import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { extractCaptions, type FirstLook } from '@/lib/ffmpeg/extract-captions';
import { extractTextTracks } from '@/lib/ffmpeg/extract-text-tracks';
import type { CaptionChannel } from '@/lib/formats/captions/closed-captions';
import type { SourceFile } from '@/lib/media/source-file';
import { type TextTrack, uploadedTextFile } from '@/lib/media/text-track';
import type { PublishedVersion, Track } from '@/lib/media/track';
import type { Attempt } from '../attempt';
import { notCarried as streamsNotCarried } from '../plan/not-carried';
import { mainVideo, sourceStreams } from '../plan/plan-package';
import { captionTracks, planCaptions, planTextTracks } from '../plan/plan-text-tracks';
import { withUniqueLabels } from '../plan/track-label';
import type { WorkFolders } from '../work-folder';

/** The text tracks of a version, and sentences about those that it does not carry. */
export interface GatheredTexts {
  texts: TextTrack[];
  notCarried: string[];
}

/**
 * Writes all text tracks of a new version as files into `folder`: those in the source, and those uploaded for
 * the video. `looked` is the beginning of the main video's captions, if it was read.
 */
export async function gatherTextTracks(
  attempt: Attempt,
  source: SourceFile,
  folders: WorkFolders,
  looked?: FirstLook,
): Promise<GatheredTexts> {
  const { tracks: folder } = folders;
  const { carried, notCarried } = planTextTracks(attempt.job.source.probe.texts);
  await extractTextTracks(attempt.tools, source, carried, folder, attempt.signal);
  const isThere = ({ file }: TextTrack) => existsSync(path.join(folder, file));
  const embedded = carried
    .filter(isThere)
    .map(({ file, language, label, role }) => ({ file, language, label, role }));
  const reasons = [
    ...streamsNotCarried(attempt.job.source.probe),
    ...notCarried.map(({ reason }) => reason),
    ...carried
      .filter((text) => !isThere(text))
      .map(({ label }) => `The subtitles "${label}" are not carried: they are empty, or could not be read.`),
  ];
  const captions = await gatherCaptions(attempt, source, folder, looked);
  const texts: TextTrack[] = withUniqueLabels([
    ...embedded,
    ...captions,
    ...(await fetchUploadedTexts(attempt, folders)),
  ]);
  return { texts, notCarried: reasons };
}

/** The closed captions in the video stream, or in a caption track, as text tracks. */
async function gatherCaptions(
  { job, signal, tools }: Attempt,
  source: SourceFile,
  folder: string,
  looked?: FirstLook,
): Promise<TextTrack[]> {
  const { probe } = job.source;
  const { durationSeconds } = probe;
  const video = mainVideo(probe);
  // The language of the audio is more reliable than that of the video stream.
  const streams = [...(video ? [{ ...video, language: 'und' }] : []), ...captionTracks(probe.texts)];
  const used = sourceStreams(probe);
  const channels: (CaptionChannel & { language: string })[] = [];
  for (const stream of streams) {
    const first = stream.index === video?.index ? looked : undefined;
    const found = await extractCaptions(tools, source, stream, used, durationSeconds, folder, signal, first);
    channels.push(...found.map((channel) => ({ ...channel, language: stream.language })));
  }
  const planned = planCaptions(probe, channels);
  for (const { file, channel } of planned) await writeFile(path.join(folder, file), channel.webvtt);
  return planned.map(({ file, language, label, role }) => ({ file, language, label, role }));
}

/** Puts the text tracks that were uploaded for the video into the tracks folder. */
export async function fetchUploadedTexts(
  { job, store }: Attempt,
  { input, tracks }: WorkFolders,
): Promise<TextTrack[]> {
  const fetched = job.texts.map(
    async ({ id, language, label, role, storageKey }): Promise<TextTrack | null> => {
      const local = await store.checkout(storageKey, input);
      if (local === null) return null;
      const file = uploadedTextFile(language, id);
      await rename(local, path.join(tracks, file));
      return { file, language, label, role };
    },
  );
  return (await Promise.all(fetched)).filter((text) => text !== null);
}

/** The text tracks of a published version. */
export function textsOf({ tracks }: PublishedVersion): TextTrack[] {
  return tracks
    .filter(isText)
    .map(({ file, language, label, role }) => ({ file, language, label: label ?? file, role }));
}

const isText = (track: Track): track is Track & { role: TextTrack['role'] } => track.kind === 'text';
