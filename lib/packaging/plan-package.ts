import type { PackagePlan, Rendition } from '@/lib/media/package-plan';
import type { SourceProbe, VideoStream } from '@/lib/media/source-probe';
import { canCopyVideo } from './can-copy';
import { copiedRendition, encodedRendition } from './plan-ladder';
import { planAudios, planDownload } from './plan-tracks';

const segmentSeconds = 4;
const keyframeSeconds = 2;

/** The video stream that is packaged: the one marked as default, else the first. */
export function mainVideo(probe: SourceProbe): VideoStream | undefined {
  return probe.videos.find((stream) => stream.isDefault) ?? probe.videos[0];
}

/** Decides all that is made of a source; `keyframesSeconds` are those of its main video. */
export function planPackage(probe: SourceProbe, keyframesSeconds: number[]): PackagePlan {
  const renditions = planRenditions(mainVideo(probe), keyframesSeconds, probe.durationSeconds);
  const audios = planAudios(probe.audios);
  const isCopied = renditions.some((rendition) => rendition.mode === 'copy');
  return {
    renditions,
    audios,
    download: planDownload(renditions, audios),
    durationSeconds: probe.durationSeconds,
    segmentSeconds,
    keyframes: isCopied ? { atSeconds: keyframesSeconds } : { everySeconds: keyframeSeconds },
  };
}

function planRenditions(
  video: VideoStream | undefined,
  keyframes: number[],
  durationSeconds: number,
): Rendition[] {
  if (!video) return [];
  return canCopyVideo(video, keyframes, durationSeconds)
    ? [copiedRendition(video)]
    : [encodedRendition(video)];
}
