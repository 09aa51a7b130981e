import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FormatError } from '../bytes/fields';
import { findBox } from '../mp4/boxes';
import { requiredBox, sampleTable } from '../mp4/clear-track';
import { readEdits, readTimescale, withDuration, writeEdits } from '../mp4/movie-boxes';
import { type Runs, readDelays, readDurations, writeDurations } from '../mp4/sample-tables';
import { box, rewriteBoxes } from '../mp4/write-boxes';
import { boxesOf, readPayload } from './file-boxes';

/** How the times of a clear track change. */
export interface Retiming {
  /**
   * Whether the first frame is displayed from the start of the presentation, however late it comes in the
   * source.
   */
  startsAtZero: boolean;
  /** The last frame is displayed until this time, in seconds; null leaves it unchanged. */
  endSeconds: number | null;
}

/**
 * Changes the times of the first and the last frame of a track in plain MP4, as FFmpeg writes it with its
 * tables at the end (ISO/IEC 14496-12, 8.6). All other times and all samples stay unchanged.
 * @throws FormatError when the file is laid out in another way
 */
export async function retimeTrack(trackFile: string, change: Retiming): Promise<void> {
  const file = await open(trackFile, constants.O_RDWR | constants.O_NOFOLLOW);
  try {
    const moov = await lastMoov(file);
    const bytes = retimeMoov(await readPayload(file, moov), change);
    await file.write(bytes, 0, bytes.length, moov.start);
    await file.truncate(moov.start + bytes.length);
  } finally {
    await file.close();
  }
}

async function lastMoov(file: FileHandle) {
  let last = null;
  for await (const place of boxesOf(file)) last = place;
  if (last?.type !== 'moov') throw new FormatError('The tables of the track are not at its end.');
  return last;
}

/** @returns the whole new `moov` box of a file with one track, from the old one's payload */
export function retimeMoov(moov: Uint8Array, change: Retiming): Uint8Array {
  const movieTimescale = readTimescale(requiredBox(moov, ['mvhd']));
  const trak = requiredBox(moov, ['trak']);
  const timescale = readTimescale(requiredBox(trak, ['mdia', 'mdhd']));
  if (movieTimescale === 0 || timescale === 0) throw new FormatError('A track has no time scale.');
  const start = readStart(trak, movieTimescale, timescale);
  const durations = readDurations(requiredBox(trak, [...sampleTable, 'stts']));
  const ctts = findBox(trak, [...sampleTable, 'ctts']);
  const media = retimed(durations, ctts ? readDelays(ctts) : [], start, change, timescale);
  const shownTicks = media.endTicks - start.mediaTicks;
  const movieTicks = media.delayMovieTicks + Math.round((shownTicks * movieTimescale) / timescale);
  const edits = [
    ...(media.delayMovieTicks > 0 ? [{ movieTicks: media.delayMovieTicks, mediaTicks: -1 }] : []),
    { movieTicks: movieTicks - media.delayMovieTicks, mediaTicks: start.mediaTicks },
  ];
  const content = rewriteBoxes(moov, {
    mvhd: ({ payload }) => box('mvhd', withDuration(payload, 'mvhd', movieTicks)),
    'trak/tkhd': ({ payload }) => box('tkhd', withDuration(payload, 'tkhd', movieTicks)),
    'trak/edts/elst': () => box('elst', writeEdits(edits)),
    'trak/mdia/mdhd': ({ payload }) => box('mdhd', withDuration(payload, 'mdhd', media.totalTicks)),
    [['trak', ...sampleTable, 'stts'].join('/')]: () => box('stts', writeDurations(media.runs)),
  });
  return box('moov', content);
}

/** When a track begins. */
interface Start {
  /** The delay of the track, in ticks of the movie. */
  delayMovieTicks: number;
  delayMediaTicks: number;
  /** The media time of the first frame that is displayed. */
  mediaTicks: number;
}

/** FFmpeg writes an empty edit where a track begins late, then one for all of its media. */
function readStart(trak: Uint8Array, movieTimescale: number, mediaTimescale: number): Start {
  const start: Start = { delayMovieTicks: 0, delayMediaTicks: 0, mediaTicks: 0 };
  const elst = findBox(trak, ['edts', 'elst']);
  for (const { movieTicks, mediaTicks } of elst ? readEdits(elst) : []) {
    if (mediaTicks >= 0) return { ...start, mediaTicks };
    start.delayMovieTicks += movieTicks;
    start.delayMediaTicks = Math.round((start.delayMovieTicks * mediaTimescale) / movieTimescale);
  }
  return start;
}

/** Smaller differences come from rounding in containers. */
const leastHoldSeconds = 0.01;

function retimed(runs: Runs, offsets: Runs, start: Start, change: Retiming, timescale: number) {
  const added = change.startsAtZero ? start.delayMediaTicks : 0;
  const delayMovieTicks = change.startsAtZero ? 0 : start.delayMovieTicks;
  const stretched: Runs = added > 0 ? stretchFirst(runs, added) : runs.map((run) => [...run]);
  const lastDecodedEnd = sumOf(stretched) + (offsets.at(-1)?.[1] ?? 0);
  let endTicks = presentationEnd(stretched, offsets);
  if (change.endSeconds !== null) {
    const delay = change.startsAtZero ? 0 : start.delayMediaTicks;
    const wanted = Math.round(change.endSeconds * timescale) - delay + start.mediaTicks;
    if (wanted - endTicks > leastHoldSeconds * timescale) {
      stretchLast(stretched, wanted - lastDecodedEnd);
      endTicks = wanted;
    }
  }
  return { runs: stretched, totalTicks: sumOf(stretched), endTicks, delayMovieTicks };
}

/** The end of the frame that is displayed last; with B-frames, it need not be the last in decoding order. */
function presentationEnd(runs: Runs, offsets: Runs): number {
  let [end, dts, run, left] = [0, 0, 0, offsets[0]?.[0] ?? Number.POSITIVE_INFINITY];
  for (const [count, ticks] of runs) {
    for (let i = 0; i < count; i++, dts += ticks, left -= 1) {
      if (left === 0) left = offsets[++run]?.[0] ?? Number.POSITIVE_INFINITY;
      end = Math.max(end, dts + (offsets[run]?.[1] ?? 0) + ticks);
    }
  }
  return end;
}

const sumOf = (runs: Runs) => runs.reduce((sum, [count, ticks]) => sum + count * ticks, 0);

function stretchFirst([first, ...others]: Runs, added: number): Runs {
  if (!first) return [];
  const [count, ticks] = first;
  return [[1, ticks + added], ...(count > 1 ? [[count - 1, ticks] as [number, number]] : []), ...others];
}

function stretchLast(runs: Runs, added: number): void {
  const last = runs.at(-1);
  if (!last || added === 0) return;
  const [count, ticks] = last;
  if (count > 1) runs.splice(-1, 1, [count - 1, ticks], [1, ticks + added]);
  else last[1] += added;
}
