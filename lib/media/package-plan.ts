import type { AudioStream, VideoStream } from './source-probe';

/** A planned rung of the ladder: copied from the source as it is, or encoded to this size and rate. */
export interface Rendition {
  /** Its file's name without extension, such as `video-1080p`. */
  name: string;
  stream: VideoStream;
  mode: 'copy' | 'encode';
  /** As shown: upright, square pixels. */
  width: number;
  height: number;
  framesPerSecond: number;
  /** Quality and its cap; only for what is encoded. */
  rate: { crf: number; maxBps: number } | null;
}

/** A planned audio track. */
export interface PlannedAudio {
  name: string;
  stream: AudioStream;
  mode: 'copy' | 'encode';
  channels: number;
  bitrateBps: number;
  language: string;
  label: string | null;
}

/** How one stream of the encrypted download is made: copied from the source, or from the track made for it. */
export interface DownloadStream {
  kind: 'video' | 'audio';
  from: { source: number } | { track: string };
  language: string;
}

/** All that is going to be made of a video, decided before anything is done. */
export interface PackagePlan {
  renditions: Rendition[];
  audios: PlannedAudio[];
  download: DownloadStream[];
  durationSeconds: number;
  /** Segments are cut at the first keyframe at or after each multiple of this. */
  segmentSeconds: number;
  /** Where encoded renditions get keyframes: the copied rendition's, or a regular grid. */
  keyframes: { atSeconds: number[] } | { everySeconds: number };
}
