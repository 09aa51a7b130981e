import type { AudioStream, VideoStream } from './source-probe';
import type { Storyboard } from './storyboard';

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
  /** Quality and its cap; null for what is copied. */
  rate: { crf: number; maxBps: number } | null;
}

/** What a listener is told of an audio track, as DASH roles name it (ISO/IEC 23009-1, 5.8.5.5). */
export type AudioRole = 'main' | 'alternate' | 'commentary' | 'dub' | 'description';

/** A planned audio track. */
export interface PlannedAudio {
  name: string;
  stream: AudioStream;
  mode: 'copy' | 'encode';
  channels: number;
  bitrateBps: number;
  language: string;
  label: string;
  role: AudioRole;
  /** Silence follows until then; null where the audio ends with the others, or nearly. */
  padToSeconds: number | null;
}

/** How one stream of the encrypted download is made: copied from the source, or from the track made for it. */
export interface DownloadStream {
  kind: 'video' | 'audio';
  from: { source: number } | { track: string };
  /** The source's stream that it shows, whose language it keeps; null for what was added later. */
  sourceIndex: number | null;
  /** BCP-47, where no stream of the source tells it. */
  language?: string;
}

/** Tracks by what they are made from: pictures and sound. */
export interface TrackSet {
  renditions: Rendition[];
  audios: PlannedAudio[];
}

/** One version on the way to the whole package: what is made for it, and all that is in it. */
export interface Lane {
  make: TrackSet;
  publish: TrackSet;
  /** Thumbnails that are made in this lane. */
  storyboard: Storyboard | null;
  /** When the download is made: beside this lane's encoding, or after it, of tracks that it makes; null: in another. */
  download: 'beside' | 'after' | null;
}

/** All that is going to be made of a video, decided before anything is done. */
export interface PackagePlan {
  /** The first is published as soon as it is there; each later one replaces the one before. */
  lanes: Lane[];
  download: DownloadStream[];
  /** The same without copies of the source's streams. */
  downloadOfTracks: DownloadStream[];
  /** All streams of the source that are used, by their index: FFmpeg's clock depends on them (see anchorArgs). */
  streams: number[];
  durationSeconds: number;
  /** When the last frame of each rendition ends; null where that is not known. */
  videoEndSeconds: number | null;
  /** Segments are cut at the first keyframe at or after each multiple of this. */
  segmentSeconds: number;
  /** Where encoded renditions get keyframes: where the copied rendition's segments start, or on a regular grid. */
  keyframes: { atSeconds: number[] } | { everySeconds: number };
  /** x264's preset. */
  preset: string;
  /** Whether the source holds a frame for much longer than others, as a slide show does. */
  holdsFrames: boolean;
}
