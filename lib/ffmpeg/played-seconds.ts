interface Times {
  start_time?: number | undefined;
  duration?: number | undefined;
}

/** A stream as ffprobe reports it: Matroska has its length in a tag. */
interface TimedStream extends Times {
  tags?: Record<string, string> | undefined;
}

/**
 * Seconds from a file's start to the end of its video and audio streams: ffprobe's duration of the whole file
 * includes subtitles that end later. A stream of unknown length counts as long as the whole file.
 */
export function playedSeconds(file: Times, streams: TimedStream[]): number {
  const whole = file.duration ?? 0;
  const ends = streams.map((stream) => {
    const length = stream.duration ?? taggedSeconds(stream.tags ?? {});
    return length === null ? whole : (stream.start_time ?? 0) - (file.start_time ?? 0) + length;
  });
  return ends.length === 0 ? whole : Math.min(whole, Math.max(...ends));
}

/** The tag `DURATION`, also with a language as in `DURATION-eng`, such as `01:02:03.450000000`. */
function taggedSeconds(tags: Record<string, string>): number | null {
  const [, text = ''] = Object.entries(tags).find(([name]) => /^duration(-\w+)?$/i.test(name)) ?? [];
  const match = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text);
  if (!match) return null;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(Number);
  return (hours * 60 + minutes) * 60 + seconds;
}
