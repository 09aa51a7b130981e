import type { AudioRole, DownloadStream, PlannedAudio, Rendition } from '@/lib/media/package-plan';
import type { AudioStream, VideoStream } from '@/lib/media/source-probe';
import { noFacts, type SourceFacts, type SourceSurvey } from '@/lib/media/source-survey';
import { audioCopyBar, fitsMp4, maxEarlyEndSeconds } from './copy-rules';
import { audioLabel, withUniqueLabels } from './track-label';

const stereo = { channels: 2, bitrateBps: 160_000 };
const surround = { channels: 6, bitrateBps: 384_000 };

/** An existing track with its label; null for video. */
interface NamedTrack {
  name: string;
  label: string | null;
}

/**
 * The audio tracks of a package, from every audio stream: AAC-LC is copied; all else becomes AAC stereo, and
 * AAC 5.1 beside it where the source has that many channels. Names and labels of `others`, which exist
 * already, are not used again. Empty streams are left out; they do not change the names of the others.
 */
export function planAudios(
  streams: AudioStream[],
  others: NamedTrack[] = [],
  facts: SourceFacts = noFacts,
): PlannedAudio[] {
  const taken = new Set(others.map(({ name }) => name));
  const own = streams.filter((stream) => ownRole(stream) === null && !stream.isEmpty);
  // Many files mark all audio as default, or none: the first is the main one then.
  const main = own.find(({ isDefault }) => isDefault) ?? own[0];
  const planned = streams.flatMap((stream, i) => {
    const track = (mode: PlannedAudio['mode'], channels: number, bitrateBps: number): PlannedAudio => ({
      name: freeName(`audio-${stream.language}${channels > 2 ? `-${channels}ch` : ''}`, taken),
      stream,
      mode,
      channels,
      bitrateBps,
      language: stream.language,
      label: audioLabel(stream.title, stream.language, channels, i + 1),
      role: ownRole(stream) ?? (stream === main ? 'main' : 'alternate'),
      padToSeconds: mode === 'encode' ? missingEnd(stream, facts) : null,
      ...(mode === 'encode' && facts.survey?.audios.get(stream.index)?.hasCuts ? { hasCuts: true } : {}),
    });
    if (!facts.refused.has(stream.index) && audioCopyBar(knownAudio(stream, facts)) === null)
      return [track('copy', stream.channels, stream.bitrateBps ?? stereo.bitrateBps)];
    const encoded = [track('encode', stereo.channels, stereo.bitrateBps)];
    if (stream.channels >= surround.channels)
      encoded.push(track('encode', surround.channels, surround.bitrateBps));
    return encoded;
  });
  return withUniqueLabels(
    planned.filter(({ stream }) => !stream.isEmpty),
    others.flatMap(({ label }) => label ?? []),
  );
}

const knownAudio = (stream: AudioStream, { survey }: SourceFacts) => ({
  stream,
  survey: survey?.audios.get(stream.index),
  presentationEndSeconds: survey?.endSeconds ?? 0,
});

/** The end of the presentation, for audio that ends long before it. */
function missingEnd(stream: AudioStream, { survey }: SourceFacts): number | null {
  const own = survey?.audios.get(stream.index)?.endSeconds;
  if (!survey || own === undefined) return null;
  return survey.endSeconds - own > maxEarlyEndSeconds ? survey.endSeconds : null;
}

/** The purpose of a stream that the source names; null for the original audio of the video. */
function ownRole({ role, title }: AudioStream): AudioRole | null {
  if (role) return role;
  if (/\bcommentar/i.test(title ?? '')) return 'commentary';
  return /\b(audio[ -]?descri|described video|descriptive)/i.test(title ?? '') ? 'description' : null;
}

/** Two streams of one language are `audio-en` and `audio-en-2`. */
function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}-${number}`;
  taken.add(name);
  return name;
}

/** Whether the download can carry a stream of the source unchanged. */
export type FitsDownload = (stream: VideoStream | AudioStream) => boolean;

/** Decides by the properties of each stream, and by its packets where they were surveyed. */
export const fitsDownload =
  (survey: SourceSurvey | null): FitsDownload =>
  (stream) => {
    if ('width' in stream) return fitsMp4(stream, survey?.video);
    const audio = survey?.audios.get(stream.index);
    return fitsMp4(stream, audio && { damagedPackets: audio.damagedPackets, hidesLater: audio.hasCuts });
  };

/**
 * The streams of the download: the source's own where MP4 can hold them, and elsewhere the best track made
 * from them.
 */
export function planDownload(
  best: Rendition | undefined,
  audios: PlannedAudio[],
  fits: FitsDownload = fitsDownload(null),
): DownloadStream[] {
  const video = best ? [downloadStream('video', best, fits)] : [];
  // A stream that became two tracks, stereo and 5.1, is one stream of the download.
  const first = audios.filter((audio, i) => audios.findIndex(({ stream }) => stream === audio.stream) === i);
  return [...video, ...first.map((audio) => downloadStream('audio', audio, fits))];
}

function downloadStream(
  kind: DownloadStream['kind'],
  { name, stream }: Pick<Rendition | PlannedAudio, 'name' | 'stream'>,
  fits: FitsDownload,
): DownloadStream {
  const sourceIndex = stream.index;
  return { kind, sourceIndex, from: fits(stream) ? { source: sourceIndex } : { track: name } };
}

/** A track of a version that is made from an earlier one, for its download. */
interface PublishedTrack {
  kind: 'video' | 'audio';
  name: string;
  /** Of a video track; 0 for audio. */
  height: number;
  /** BCP-47; `und` when unknown. */
  language: string;
  isCopied: boolean;
}

/**
 * The download of a version that is made from an earlier one: the source's streams as in the first download,
 * and the added audio tracks.
 */
export function planPublishedDownload(
  video: VideoStream | undefined,
  audios: AudioStream[],
  tracks: PublishedTrack[],
  fits: FitsDownload = fitsDownload(null),
): DownloadStream[] {
  const best = tracks.filter(({ kind }) => kind === 'video').toSorted((a, b) => b.height - a.height)[0];
  const videoStreams =
    video && best ? [downloadStream('video', { name: best.name, stream: video }, fits)] : [];
  const planned = publishedAudios(audios, tracks);
  const carried = planned.filter(({ name }) => tracks.some((track) => track.name === name));
  const isAdded = ({ kind, name }: PublishedTrack) =>
    kind === 'audio' && !planned.some((audio) => audio.name === name);
  const added = tracks.filter((track) => isAdded(track) && !isBesideStereo(track));
  return [
    ...videoStreams,
    ...planDownload(undefined, carried, fits),
    ...added.map(({ name, language }): DownloadStream => {
      return { kind: 'audio', sourceIndex: null, from: { track: name }, language };
    }),
  ];
}

/**
 * The source's own audio tracks of a published version. The version does not record which copies were
 * refused: a copy counts as refused where its encoded replacement exists.
 */
function publishedAudios(audios: AudioStream[], tracks: PublishedTrack[]): PlannedAudio[] {
  const refused = new Set<number>();
  const plan = () => planAudios(audios, [], { ...noFacts, refused });
  const isThere = ({ name, mode }: PlannedAudio) =>
    tracks.some((track) => track.name === name && track.isCopied === (mode === 'copy'));
  for (const { index } of audios) {
    const areThere = () => plan().every((audio) => audio.stream.index !== index || isThere(audio));
    if (areThere()) continue;
    refused.add(index);
    if (!areThere()) refused.delete(index);
  }
  return plan();
}

/** Encoded 5.1 has a stereo track of the same audio beside it; copied 5.1 has none. */
const isBesideStereo = ({ name, isCopied }: PublishedTrack) => !isCopied && /-6ch(-\d+)?$/.test(name);
