import type { AudioRole, DownloadStream, PlannedAudio, Rendition } from '@/lib/media/package-plan';
import type { AudioStream, VideoStream } from '@/lib/media/source-probe';
import { nothingKnown, type SourceFacts, type SourceSurvey } from '@/lib/media/source-survey';
import { barToAudioCopy, fitsMp4, maxEarlyEndSeconds } from './copy-rules';
import { audioLabel, withUniqueLabels } from './track-label';

const stereo = { channels: 2, bitrateBps: 160_000 };
const surround = { channels: 6, bitrateBps: 384_000 };

/** A track that is there, with what a viewer picks it by; null for video. */
interface NamedTrack {
  name: string;
  label: string | null;
}

/**
 * The audio tracks of a package, from every audio stream: AAC-LC as it is; all else as AAC stereo, and as AAC 5.1 beside
 * it where the source has that many channels. Names and labels of `others`, which are there already, are not used again.
 * Empty streams are left out; the others keep the names that they have beside them.
 */
export function planAudios(
  streams: AudioStream[],
  others: NamedTrack[] = [],
  facts: SourceFacts = nothingKnown,
): PlannedAudio[] {
  const taken = new Set(others.map(({ name }) => name));
  const own = streams.filter((stream) => ownRole(stream) === null && !stream.isEmpty);
  // Many files mark all audio as default, or none: the first is meant then.
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
    });
    if (!facts.refused.has(stream.index) && barToAudioCopy(knownAudio(stream, facts)) === null)
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

/** What the source says that a stream is for; null for the film's own sound. */
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

/** Whether the download can carry a stream of the source as it is. */
export type FitsDownload = (stream: VideoStream | AudioStream) => boolean;

/** By what each stream is, and by its packets where they were surveyed. */
export const fitsDownload =
  (survey: SourceSurvey | null): FitsDownload =>
  (stream) =>
    fitsMp4(stream, 'width' in stream ? survey?.video : survey?.audios.get(stream.index));

/** The download carries the source's own streams where MP4 can, and the best track made for them where it can't. */
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
  /** Of its picture; 0 for sound. */
  height: number;
  /** BCP-47; `und` when unknown. */
  language: string;
  isCopied: boolean;
}

/**
 * The download of a version that is made from an earlier one: of the source's streams the same as the first download, and
 * what was added to its sound.
 */
export function planPublishedDownload(
  video: VideoStream | undefined,
  audios: AudioStream[],
  tracks: PublishedTrack[],
  fits: FitsDownload = fitsDownload(null),
): DownloadStream[] {
  const best = tracks.filter(({ kind }) => kind === 'video').toSorted((a, b) => b.height - a.height)[0];
  const picture = video && best ? [downloadStream('video', { name: best.name, stream: video }, fits)] : [];
  const planned = publishedAudios(audios, tracks);
  const carried = planned.filter(({ name }) => tracks.some((track) => track.name === name));
  const isAdded = ({ kind, name }: PublishedTrack) =>
    kind === 'audio' && !planned.some((audio) => audio.name === name);
  const added = tracks.filter((track) => isAdded(track) && !isBesideStereo(track));
  return [
    ...picture,
    ...planDownload(undefined, carried, fits),
    ...added.map(({ name, language }): DownloadStream => {
      return { kind: 'audio', sourceIndex: null, from: { track: name }, language };
    }),
  ];
}

/**
 * The source's own tracks of a published version. It does not say whose copies were of no use when it was made: where what
 * was encoded in the place of a copy is there, that was.
 */
function publishedAudios(audios: AudioStream[], tracks: PublishedTrack[]): PlannedAudio[] {
  const refused = new Set<number>();
  const plan = () => planAudios(audios, [], { ...nothingKnown, refused });
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

/** 5.1 that was encoded has a stereo track of the same sound beside it; 5.1 that was copied has none. */
const isBesideStereo = ({ name, isCopied }: PublishedTrack) => !isCopied && /-6ch(-\d+)?$/.test(name);
