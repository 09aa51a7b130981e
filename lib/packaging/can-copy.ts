import type { AudioStream, VideoStream } from '@/lib/media/source-probe';
import { toTicks } from '@/lib/media/video-clock';

/** Players take segments of this length. It is just above 250 frames of a film at 23.976 a second, as x264 makes them unless told. */
const maxKeyframeGapSeconds = 10.5;

/** What browsers play in MP4 without being asked: 8 bits, 4:2:0. */
const copiedProfiles: Record<string, readonly string[]> = {
  h264: ['Constrained Baseline', 'Baseline', 'Main', 'High'],
  vp9: ['Profile 0'],
  av1: ['Main'],
};

/** Whether every browser can play the source's own video stream, so that it need not be encoded. */
export function canCopyVideo(
  stream: VideoStream,
  keyframesSeconds: number[],
  durationSeconds: number,
): boolean {
  return couldCopyVideo(stream) && hasRegularKeyframes(keyframesSeconds, durationSeconds);
}

/** The same without its keyframes, which take a pass over the file to know. */
export function couldCopyVideo(stream: VideoStream): boolean {
  return (
    (copiedProfiles[stream.codec]?.includes(stream.profile) ?? false) &&
    ['yuv420p', 'yuvj420p'].includes(stream.pixelFormat) &&
    stream.rotationDegrees === 0 &&
    !stream.isInterlaced
  );
}

function hasRegularKeyframes(times: number[], durationSeconds: number): boolean {
  const [first] = times;
  if (first === undefined) return false;
  const ends = [...times.slice(1), Math.max(durationSeconds, times.at(-1) ?? 0)];
  return times.every((time, i) => toTicks((ends[i] ?? time) - time) <= toTicks(maxKeyframeGapSeconds));
}

/** AAC-LC plays everywhere; its other profiles, and other codecs, are encoded. */
export function canCopyAudio(stream: AudioStream): boolean {
  return stream.codec === 'aac' && stream.profile === 'LC' && stream.channels <= 8;
}

/**
 * What can be encrypted in plain MP4, and opened again by FFmpeg: it cannot open ALAC (5.1.9). Of AV1 more headers must stay in the
 * clear than lib/encryption knows.
 */
const encryptable = ['h264', 'hevc', 'vp9', 'mpeg4', 'aac', 'ac3', 'eac3', 'mp3', 'opus', 'flac'];

/**
 * Whether the encrypted download can carry a stream as it is. AVI with B-frames tells no times of display: FFmpeg would
 * write those of decoding in their place, and make up right ones (`genpts`) for some codecs only.
 */
export const fitsMp4 = ({ codec, isUntimed = false }: { codec: string; isUntimed?: boolean }) =>
  encryptable.includes(codec) && !isUntimed;
