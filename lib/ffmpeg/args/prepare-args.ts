import type { PackagePlan, PlannedAudio, Rendition, TrackSet } from '@/lib/media/package-plan';
import type { SourceFile } from '@/lib/media/source-file';
import { isUntaggedSd, type VideoStream } from '@/lib/media/source-probe';
import type { Storyboard } from '@/lib/media/storyboard';
import { ticksPerSecond } from '@/lib/media/video-clock';
import { anchorArgs } from './anchor-args';
import type { Argv } from './argv';
import { h264Level } from './h264-level';
import { sourceInput } from './input-args';
import { storyboardPad, videoFilter } from './video-filter';

/** How renditions are encoded, from the plan. */
export type EncodeSettings = Pick<
  PackagePlan,
  'keyframes' | 'preset' | 'streams' | 'holdsFrames' | 'guessesTimes'
>;

/** The outputs of one process; a storyboard comes with the stream that it shows. */
export interface Outputs extends TrackSet {
  storyboard: (Storyboard & { stream: VideoStream }) | null;
}

/**
 * Makes clear tracks in one process that reads the source once, and decodes it once where needed: one plain
 * MP4 for each track, named after it. The edit list of a plain MP4 keeps the start of a track to the sample,
 * so that tracks in separate files stay in sync.
 */
export function prepareArgs(source: SourceFile, outputs: Outputs, settings: EncodeSettings): Argv {
  const { renditions, audios, storyboard } = outputs;
  const encoded = renditions.filter(({ mode }) => mode === 'encode');
  const stream = encoded[0]?.stream ?? storyboard?.stream;
  return [
    // Thumbnails alone need only the keyframes.
    ...sourceInput(source, storyboard && encoded.length === 0 ? ['-skip_frame', 'nokey'] : []),
    ...(stream ? ['-filter_complex', videoFilter(stream, encoded, storyboard, settings)] : []),
    ...renditions.flatMap((item) => (item.rate ? encodeVideo(item, item.rate, settings) : copyVideo(item))),
    ...audios.flatMap(audioOutput),
    ...(storyboard ? thumbnails : []),
    ...anchorArgs(settings.streams, usedStreams(outputs)),
  ];
}

/** The outputs of tracks that are copied, for a run that reads the source for something else as well. */
export const copyOutputs = ({ renditions, audios }: TrackSet): Argv => [
  ...renditions.flatMap(copyVideo),
  ...audios.flatMap(audioOutput),
];

function usedStreams({ renditions, audios, storyboard }: Outputs): number[] {
  const streams = [...renditions, ...audios, ...(storyboard ? [storyboard] : [])].map(({ stream }) => stream);
  return streams.map(({ index }) => index);
}

const copyVideo = ({ name, stream }: Rendition): Argv => [
  '-map',
  `0:${stream.index}`,
  '-c',
  'copy',
  ...headerChanges(stream),
  ...plainMp4(name),
];

/**
 * Browsers treat untagged video in MSE as BT.709, whatever its size: the headers of a copy name BT.601's
 * matrix. Chromium also expects primaries and transfer; those of BT.709 leave the colors as FFmpeg shows
 * them.
 */
const taggedAs601 = 'matrix_coefficients=6:colour_primaries=1:transfer_characteristics=1';

/** What the headers of a copy must say, because players do not read it in the container. */
function headerChanges(stream: VideoStream): Argv {
  const { codec, pixelAspect } = stream;
  const changes = [
    ...(isUntaggedSd(stream) ? [taggedAs601] : []),
    ...(codec === 'h264' && pixelAspect !== 1 ? [`sample_aspect_ratio=${pixelAspect.toFixed(6)}`] : []),
  ];
  return changes.length > 0 ? ['-bsf:v', `h264_metadata=${changes.join(':')}`] : [];
}

function encodeVideo(
  { name, width, height, framesPerSecond }: Rendition,
  { crf, maxBps }: NonNullable<Rendition['rate']>,
  { keyframes, preset, holdsFrames }: EncodeSettings,
): Argv {
  // biome-ignore format: one option a line
  return [
    '-map', `[${name}]`,
    '-c:v', 'libx264', '-preset', preset, '-profile:v', 'high',
    '-level:v', h264Level({ width, height }, framesPerSecond, maxBps),
    '-crf', String(crf), '-maxrate', String(maxBps), '-bufsize', String(2 * maxBps),
    // In fragments, a frame lasts until the next one is decoded. Where its display time must match that, no
    // frame may be decoded ahead of its display.
    ...(holdsFrames ? ['-bf', '0'] : []),
    '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv',
    ...keyframesAt(keyframes),
    // The source's time base and its frames as they come (no doubling to a constant rate), so that frames
    // keep the exact times that the copied rendition has.
    '-enc_time_base', '-1', '-fps_mode', 'vfr',
    ...plainMp4(name),
  ];
}

/** Linux accepts single arguments of up to 128 KiB. */
const longestListCharacters = 100_000;

/** Keyframes at segment starts and nowhere else, so that a player can switch renditions at every segment. */
function keyframesAt(at: PackagePlan['keyframes']): Argv {
  const list = 'atSeconds' in at ? at.atSeconds.map((time) => time.toFixed(6)).join(',') : null;
  const every = 'everySeconds' in at ? `expr:gte(t,n_forced*${at.everySeconds})` : 'source';
  const times = list !== null && list.length <= longestListCharacters ? list : every;
  return ['-force_key_frames', times, '-sc_threshold', '0', '-g', '100000'];
}

/**
 * Gaps in the source become silence, so that audio stays in sync with video to the end; and so does what is
 * missing at its start, and at its end if it ends long before the others.
 */
function audioFilter({ padToSeconds, hasCuts }: Pick<PlannedAudio, 'padToSeconds' | 'hasCuts'>): string {
  return [
    ...(hasCuts ? ['asetpts=STARTPTS+N/SR/TB'] : []),
    'aresample=async=1000:first_pts=0',
    ...(padToSeconds ? [`apad=whole_dur=${padToSeconds}`] : []),
  ].join(',');
}

function audioOutput({ name, stream, mode, channels, bitrateBps, ...rest }: PlannedAudio): Argv {
  const map = ['-map', `0:${stream.index}`];
  if (mode === 'copy') return [...map, '-c', 'copy', ...plainMp4(name)];
  // biome-ignore format: one option a line
  return [
    ...map,
    '-af', audioFilter(rest),
    '-c:a', 'aac', '-b:a', String(bitrateBps), '-ac', String(channels), '-ar', '48000',
    ...plainMp4(name),
  ];
}

/** Only the track: no chapters, no tags of the source. */
const plainMp4 = (name: string): Argv => [
  '-map_metadata',
  '-1',
  '-map_chapters',
  '-1',
  '-video_track_timescale',
  String(ticksPerSecond),
  '-f',
  'mp4',
  '-y',
  `${name}.mp4`,
];

// biome-ignore format: one option a line
const thumbnails: Argv = [
  '-map', `[${storyboardPad}]`, '-c:v', 'mjpeg', '-q:v', '5', '-f', 'image2', '-y', 'thumbnails-%d.jpg',
];
