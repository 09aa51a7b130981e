/** FFmpeg takes a step back by more than this for a new time base. */
const backSeconds = 0.1;
/** Time in which a stream has no packets, as where a recording lost its signal. */
const gapSeconds = 1;
/** All streams of a program stepping forward by more than this have a new time base. */
const clockSeconds = 10;
/** The share of one stream's gap in which another has none either. */
const sameGap = 0.8;

interface Gap {
  from: number;
  to: number;
}

/** The steps in the timestamps of a stream, in the order of the file. Times in seconds. */
export class TimestampSteps {
  readonly back: number[] = [];
  readonly gaps: Gap[] = [];
  packets = 0;
  private last: number | null = null;
  private first = Number.POSITIVE_INFINITY;
  private end = Number.NEGATIVE_INFINITY;

  add(seconds: number): void {
    const step = seconds - (this.last ?? seconds);
    if (step < -backSeconds) this.back.push(-step);
    if (step > gapSeconds) this.gaps.push({ from: seconds - step, to: seconds });
    this.packets += 1;
    this.last = seconds;
    this.first = Math.min(this.first, seconds);
    this.end = Math.max(this.end, seconds);
  }

  /** Whether the stream has no packets in most of a gap of another one. */
  pausesIn({ from, to }: Gap): boolean {
    const most = (to - from) * sameGap;
    const shared = (gap: Gap) => Math.min(to, gap.to) - Math.max(from, gap.from);
    const isOver = shared({ from: this.first, to: this.end }) <= to - from - most;
    return isOver || this.gaps.some((gap) => shared(gap) >= most);
  }

  /** Whether most packets are far from the next, as those of a slide show. */
  get isSparse(): boolean {
    return this.gaps.length * 2 >= this.packets - 1;
  }
}

/**
 * The step that separates a new time base from a pause of one stream: halfway between the shortest of
 * the former and the longest of the shorter pauses. Null where all streams have one time base.
 */
export function discontinuityOf(streams: TimestampSteps[]): number | null {
  const gaps = streams.flatMap((stream) =>
    stream.gaps.map((gap) => {
      const others = streams.filter((other) => other !== stream);
      const isLong = gap.to - gap.from > clockSeconds && !stream.isSparse;
      return { seconds: gap.to - gap.from, isClock: isLong && others.every((other) => other.pausesIn(gap)) };
    }),
  );
  const steps = [
    ...streams.flatMap(({ back }) => back),
    ...gaps.filter(({ isClock }) => isClock).map(({ seconds }) => seconds),
  ];
  if (steps.length === 0) return null;
  const step = Math.min(...steps);
  const pauses = gaps.filter(({ isClock, seconds }) => !isClock && seconds < step);
  return (step + Math.max(0, ...pauses.map(({ seconds }) => seconds))) / 2;
}
