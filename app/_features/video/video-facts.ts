import { codecName } from '@/app/_lib/codec-name';
import { formatBytes } from '@/app/_lib/format';
import type { VideoView } from '@/lib/videos/video-view';

type VideoFacts = Pick<VideoView, 'sizeBytes' | 'picture' | 'audioCodecs'>;

/** The few facts of a video that fit on one line beside its poster, which shows the duration. */
export function shortFacts(video: VideoFacts): string {
  return `${resolutionFact(video)} · ${formatBytes(video.sizeBytes)}`;
}

export function resolutionFact({ picture }: Pick<VideoFacts, 'picture'>): string {
  return picture === null ? 'Audio only' : `${picture.width} × ${picture.height}`;
}

/** The codecs of a video's own streams, such as `H.264, 25 frames per second`. */
export function videoCodecFact({ picture }: Pick<VideoFacts, 'picture'>): string {
  if (picture === null) return 'None';
  return `${codecName(picture.codec)}, ${Number(picture.framesPerSecond.toFixed(2))} frames per second`;
}

/** The names of the audio codecs, each once. */
export function audioCodecFact({ audioCodecs }: Pick<VideoFacts, 'audioCodecs'>): string {
  return audioCodecs.length === 0 ? 'None' : [...new Set(audioCodecs.map(codecName))].join(', ');
}
