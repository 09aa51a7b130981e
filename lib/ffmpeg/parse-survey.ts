import type { AudioSurvey, SourceSurvey, VideoSurvey } from '@/lib/media/source-survey';
import { roundSeconds } from '@/lib/media/video-clock';

/** A packet as ffmpeg's framecrc lists it; times in seconds. */
interface Packet {
  dts: number;
  /** Null when the container has none. */
  pts: number | null;
  duration: number;
  isKey: boolean;
  isHidden: boolean;
  isDamaged: boolean;
  /** Whether it carries a new configuration for the decoder. */
  hasConfiguration: boolean;
}

/** AV_PKT_FLAG_* of FFmpeg. Without a field `F=`, a packet is a key packet and nothing else. */
const flag = { key: 0x1, corrupt: 0x2, discard: 0x4 };
const packetLine =
  /^(\d+), *(-?\d+), *(-?\d+), *(\d+), *\d+, 0x[0-9a-f]+(?:, F=0x([0-9A-Fa-f]+))?(?:, S=\d+,(.*))?$/;
const noTime = -(2 ** 63);

/** Reads the output of surveyArgs, line by line. */
export class SurveyReader {
  private readonly ticks = new Map<number, number>();
  private readonly streams = new Map<number, VideoReader | AudioReader>();
  /** When the packet that was read last is decoded. */
  seconds = 0;

  /** @param indexes the source's streams, in the order of the output's */
  constructor(
    private readonly videoIndex: number | null,
    private readonly indexes: number[],
  ) {}

  read(line: string): void {
    const timeBase = /^#tb (\d+): (\d+)\/(\d+)$/.exec(line);
    if (timeBase) this.ticks.set(Number(timeBase[1]), Number(timeBase[2]) / Number(timeBase[3]));
    const fields = packetLine.exec(line);
    if (!fields) return;
    const [, number = '', dts = '', pts = '', duration = '', flags = '1', sideData = ''] = fields;
    const output = Number(number);
    const tick = this.ticks.get(output) ?? 0;
    const bits = Number.parseInt(flags, 16);
    this.seconds = Number(dts) * tick;
    this.stream(this.indexes[output] ?? -1).add({
      dts: Number(dts) * tick,
      pts: Number(pts) <= noTime ? null : Number(pts) * tick,
      duration: Number(duration) * tick,
      isKey: (bits & flag.key) !== 0,
      isHidden: (bits & flag.discard) !== 0,
      isDamaged: (bits & flag.corrupt) !== 0,
      hasConfiguration: hasConfiguration(sideData, this.indexes[output] === this.videoIndex),
    });
  }

  survey(): SourceSurvey {
    const audios = new Map<number, AudioSurvey>();
    let video: VideoSurvey | null = null;
    for (const [index, stream] of this.streams) {
      if (stream instanceof VideoReader) video = stream.survey();
      else audios.set(index, stream.survey());
    }
    const ends = [video, ...audios.values()].map((stream) => stream?.endSeconds ?? 0);
    return { video, audios, endSeconds: roundSeconds(Math.max(0, ...ends)) };
  }

  private stream(index: number): VideoReader | AudioReader {
    const known = this.streams.get(index);
    if (known) return known;
    const made = index === this.videoIndex ? new VideoReader() : new AudioReader();
    this.streams.set(index, made);
    return made;
  }
}

/**
 * Newer ffmpegs name side data; older ones print only its size: a program's stream id has 1 byte, the samples
 * to skip of audio have 10, and a configuration has 2 or more for audio, 8 or more for video.
 */
function hasConfiguration(sideData: string, isVideo: boolean): boolean {
  if (/New Extradata/.test(sideData)) return true;
  const sizes = sideData.split(',').filter((size) => /^ *\d+$/.test(size));
  return sizes.map(Number).some((bytes) => (isVideo ? bytes >= 8 : bytes >= 2 && bytes !== 10));
}

class VideoReader {
  /** Times of the displayed packets, in decoding order. */
  private readonly dts: number[] = [];
  private readonly pts: number[] = [];
  private readonly keyframes: number[] = [];
  private readonly counts = { hiddenPackets: 0, damagedPackets: 0, untimedPackets: 0 };
  private last = { pts: 0, duration: 0 };
  private changesParameters = false;
  private lastHidden = Number.NEGATIVE_INFINITY;
  /** The end of the packets without presentation times, by when they are decoded. */
  private untimedEnd = 0;

  add({ dts, pts, duration, isKey, isHidden, isDamaged, hasConfiguration }: Packet): void {
    if (isDamaged) this.counts.damagedPackets += 1;
    if (this.dts.length > 0) this.changesParameters ||= hasConfiguration;
    if (pts === null) this.counts.untimedPackets += 1;
    if (isHidden) {
      this.counts.hiddenPackets += 1;
      this.lastHidden = Math.max(this.lastHidden, pts ?? dts);
    }
    if (pts === null) this.untimedEnd = Math.max(this.untimedEnd, dts + duration);
    if (isHidden || pts === null) return;
    this.dts.push(dts);
    this.pts.push(pts);
    if (isKey) this.keyframes.push(pts);
    if (pts >= this.last.pts) this.last = { pts, duration };
  }

  survey(): VideoSurvey {
    const framesSeconds = this.pts.toSorted((a, b) => a - b);
    const usual = median(framesSeconds.slice(1).map((time, i) => time - (framesSeconds[i] ?? time)));
    const { pts, duration } = this.last;
    return {
      ...this.counts,
      changesParameters: this.changesParameters,
      hidesLater: this.lastHidden > (framesSeconds[0] ?? Number.POSITIVE_INFINITY),
      framesSeconds,
      keyframesSeconds: this.keyframes.toSorted((a, b) => a - b),
      // Where a container guesses a frame rate, the duration of the last frame is a guess as well.
      endSeconds: Math.max(this.untimedEnd, this.pts.length === 0 ? 0 : pts + Math.max(duration, usual)),
      endsInOrder: this.pts.at(-1) === framesSeconds.at(-1),
      hasRepeatedTimes: framesSeconds.some((time, i) => time === framesSeconds[i - 1]),
      longestGapSeconds: this.longestGap(framesSeconds, usual),
    };
  }

  private longestGap(framesSeconds: number[], usual: number): number {
    const lasts = new Map<number, number>();
    for (const [i, pts] of this.pts.entries()) {
      const next = this.dts[i + 1];
      lasts.set(pts, next === undefined ? usual : next - (this.dts[i] ?? next));
    }
    let longest = 0;
    for (const [i, time] of framesSeconds.entries()) {
      const next = framesSeconds[i + 1] ?? time;
      longest = Math.max(longest, next - time - (lasts.get(time) ?? 0));
    }
    return longest;
  }
}

/**
 * Between 1,024 samples at 48 and at 44.1 kHz there are 1.9 ms; containers that count in milliseconds round
 * by 1.
 */
const otherDurationSeconds = 0.0015;
/** Edit lists cut packets short, and recorders' clocks jitter; after a change, all packets differ. */
const fewOtherDurations = 2;
const fewOtherDurationsShare = 0.1;
const overlappingShare = 0.6;

class AudioReader {
  private packets = 0;
  private damagedPackets = 0;
  private hiddenSeconds = 0;
  private longestGapSeconds = 0;
  private overlappingPackets = 0;
  private isAfterHidden = false;
  private hasCuts = false;
  private hasNewConfiguration = false;
  private usualDuration: number | null = null;
  /** Packets that last longer or shorter than the first, by their duration or by when the next one starts. */
  private otherDurations = 0;
  private start: number | null = null;
  private last = 0;
  private end = 0;

  add({ dts, pts, duration, isHidden, isDamaged, hasConfiguration }: Packet): void {
    const time = pts ?? dts;
    if (isDamaged) this.damagedPackets += 1;
    if (isHidden) {
      this.hiddenSeconds += duration;
      this.isAfterHidden = this.packets > 0;
      return;
    }
    this.hasCuts ||= this.isAfterHidden;
    if (this.packets > 0) this.hasNewConfiguration ||= hasConfiguration;
    this.packets += 1;
    this.usualDuration ??= duration;
    const step = this.start === null ? duration : time - this.last;
    const most = Math.max(
      ...[duration, step].map((seconds) => Math.abs(seconds - (this.usualDuration ?? 0))),
    );
    if (most > otherDurationSeconds) this.otherDurations += 1;
    this.last = time;
    if (this.start !== null) {
      this.longestGapSeconds = Math.max(this.longestGapSeconds, Math.abs(time - this.end));
      if (this.end - time > duration * overlappingShare) this.overlappingPackets += 1;
    }
    this.start ??= time;
    this.end = time + duration;
  }

  survey(): AudioSurvey {
    const { packets, damagedPackets, hiddenSeconds, overlappingPackets, hasCuts } = this;
    const fewOthers = Math.max(fewOtherDurations, packets * fewOtherDurationsShare);
    return {
      ...{ packets, damagedPackets, hiddenSeconds, overlappingPackets, hasCuts },
      startSeconds: this.start ?? 0,
      endSeconds: this.end,
      longestGapSeconds: this.longestGapSeconds,
      changesParameters: this.hasNewConfiguration || this.otherDurations > fewOthers,
    };
  }
}

/** The middle value; 0 for an empty list. */
function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
