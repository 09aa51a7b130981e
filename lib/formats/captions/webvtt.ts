/** A cue of WebVTT: its time in milliseconds, its settings and its text, both as written. */
export interface Cue {
  startMs: number;
  endMs: number;
  settings: string;
  text: string;
}

/** Hours may be left out (WebVTT, 4.1). FFmpeg writes times before zero with minus signs. */
const time = String.raw`(?:(-?\d+):)?(-?\d+):(-?\d+)\.(-?\d+)`;
const timing = new RegExp(String.raw`^\s*${time}\s*-->\s*${time}(?:\s+(.*))?$`);

/**
 * Reads the cues of a WebVTT file (https://www.w3.org/TR/webvtt1/, 6.1). Comments, styles, regions and
 * invalid blocks are left out.
 */
export function readWebvtt(text: string): Cue[] {
  const blocks = text.replaceAll(/\r\n?/g, '\n').split(/\n{2,}/);
  return blocks.flatMap((block) => {
    const lines = block.split('\n');
    // A cue may have a line with its name before the line with the times.
    const at = lines.slice(0, 2).findIndex((line) => line.includes('-->'));
    const match = timing.exec(lines[at] ?? '');
    if (!match) return [];
    const [startMs, endMs] = [milliseconds(match.slice(1, 5)), milliseconds(match.slice(5, 9))];
    return [
      {
        startMs,
        endMs,
        settings: match[9]?.trim() ?? '',
        text: lines
          .slice(at + 1)
          .join('\n')
          .trimEnd(),
      },
    ];
  });
}

function milliseconds(parts: (string | undefined)[]): number {
  const [hours, minutes, seconds, thousandths] = parts.map((part) => Number(part ?? 0));
  return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000 + (thousandths ?? 0);
}

/** Writes cues as a WebVTT file. */
export function writeWebvtt(cues: Cue[]): string {
  const blocks = cues.map(({ startMs, endMs, settings, text }) => {
    const line = `${timestamp(startMs)} --> ${timestamp(endMs)}`;
    return `${settings ? `${line} ${settings}` : line}\n${text}\n`;
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}

function timestamp(ms: number): string {
  const digits = (value: number, count = 2) => String(Math.floor(value)).padStart(count, '0');
  const clock = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60]
    .map((value) => digits(value))
    .join(':');
  return `${clock}.${digits(ms % 1000, 3)}`;
}
