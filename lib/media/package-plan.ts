import type { AudioStream, VideoStream } from './source-probe';
import type { Storyboard } from './storyboard';

/** A planned rung of the ladder: copied from the source unchanged, or encoded to this size and rate. */
export interface Rendition {
  /** Its file's name without extension, such as `video-1080p`. */
  name: string;
  stream: VideoStream;
  mode: 'copy' | 'encode';
  /** As shown: upright, square pixels. */
  width: number;
  height: number;
  framesPerSecond: number;
  /** Quality and its cap; null for a copy. */
  rate: { crf: number; maxBps: number } | null;
}

/** The role of an audio track, as DASH names it (ISO/IEC 23009-1, 5.8.5.5). */
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
  /**
   * The audio is padded with silence up to this time; null where it ends at about the same time as the other
   * streams.
   */
  padToSeconds: number | null;
  /**
   * Whether its times are counted anew: FFmpeg does not apply a second edit to the times of decoded audio.
   */
  hasCuts?: boolean;
}

/**
 * The origin of one stream of the encrypted download: copied from the source, or from the track made for it.
 */
export interface DownloadStream {
  kind: 'video' | 'audio';
  from: { source: number } | { track: string };
  /** The source stream that it corresponds to, whose language it keeps; null for an added audio track. */
  sourceIndex: number | null;
  /** BCP-47, where no source stream names it. */
  language?: string;
}

/** Tracks by kind: video and audio. */
export interface TrackSet {
  renditions: Rendition[];
  audios: PlannedAudio[];
}

/** One version on the way to the whole package: the tracks to make for it, and all tracks in it. */
export interface PlannedVersion {
  /** Null for one that an earlier attempt published: its tracks are made again, for the versions after it. */
  number: number | null;
  isLast: boolean;
  /** The part of the job that it takes: from, to. */
  share: readonly [number, number];
  make: TrackSet;
  publish: TrackSet;
  /** Thumbnails that are made with its tracks. */
  storyboard: Storyboard | null;
  /**
   * When the download is made: beside the encoding of its tracks, or after it, of these tracks; null when it
   * is made with another version, or exists.
   */
  download: 'beside' | 'after' | null;
}

/** Everything that will be made of a video, decided before the work begins. */
export interface PackagePlan {
  /** The first is published as soon as it is finished; each later one replaces the one before. */
  versions: PlannedVersion[];
  download: DownloadStream[];
  /** The download without streams copied from the source. */
  downloadOfTracks: DownloadStream[];
  /** The index of every source stream that is used: FFmpeg's clock depends on them (see anchorArgs). */
  streams: number[];
  durationSeconds: number;
  /** When the last frame of each rendition ends; null where that is not known. */
  videoEndSeconds: number | null;
  /** Segments are cut at the first keyframe at or after each multiple of this. */
  segmentSeconds: number;
  /**
   * Where encoded renditions get keyframes: at the segment starts of the copied rendition, or on a regular
   * grid.
   */
  keyframes: { atSeconds: number[] } | { everySeconds: number };
  /** x264's preset. */
  preset: string;
  /** Whether the source holds a frame for much longer than others, as a slide show does. */
  holdsFrames: boolean;
  /** Whether the container does not say of every frame when it is displayed: FFmpeg guesses then. */
  guessesTimes: boolean;
}
