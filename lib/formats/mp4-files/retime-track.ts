import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { box, boxesIn, findBox } from '@/lib/formats/mp4/boxes';
import { boxesOf, readPart } from './file-boxes';

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
 * tables at the end. All other times and all samples stay unchanged.
 * @throws RangeError when the file is laid out in another way
 */
export async function retimeTrack(trackFile: string, change: Retiming): Promise<void> {
  const file = await open(trackFile, constants.O_RDWR | constants.O_NOFOLLOW);
  try {
    const moov = await lastMoov(file);
    const bytes = retimeMoov(await readPart(file, moov.start + 8, moov.end), change);
    await file.write(bytes, 0, bytes.length, moov.start);
    await file.truncate(moov.start + bytes.length);
  } finally {
    await file.close();
  }
}

async function lastMoov(file: FileHandle) {
  let last = null;
  for await (const place of boxesOf(file)) last = place;
  if (last?.type !== 'moov') throw new RangeError('The tables of the track are not at its end.');
  return last;
}

/** @returns the whole new `moov` box of a file with one track, from the old one's payload */
export function retimeMoov(moov: Buffer, change: Retiming): Buffer {
  const movieTimescale = versioned(required(moov, ['mvhd'])).timescale;
  const trak = required(moov, ['trak']);
  const mdhd = versioned(required(trak, ['mdia', 'mdhd']));
  const edits = readEdits(trak, movieTimescale, mdhd.timescale);
  const deltas = readDeltas(required(trak, ['mdia', 'minf', 'stbl', 'stts']));
  const offsets = readOffsets(findBox(trak, ['mdia', 'minf', 'stbl', 'ctts']));
  const media = retimed(deltas, offsets, edits, change, mdhd.timescale);
  const shownTicks = media.endTicks - edits.mediaTicks;
  const movieTicks = media.delayMovieTicks + Math.round((shownTicks * movieTimescale) / mdhd.timescale);
  const elst = writeEdits(movieTicks, media.delayMovieTicks, edits.mediaTicks);
  return rebuild('moov', moov, {
    mvhd: (payload) => withDuration(payload, 'mvhd', movieTicks),
    tkhd: (payload) => withDuration(payload, 'tkhd', movieTicks),
    mdhd: (payload) => withDuration(payload, 'mdhd', media.totalTicks),
    elst: () => elst,
    stts: () => writeDeltas(media.runs),
  });
}

interface Edits {
  /** The delay of the track, in ticks of the movie. */
  delayMovieTicks: number;
  delayMediaTicks: number;
  /** The media time of the first frame that is displayed. */
  mediaTicks: number;
}

/** Smaller differences come from rounding in containers. */
const leastHoldSeconds = 0.01;

/** Runs of samples with the same duration: the count, and the ticks of each. */
type Runs = [count: number, ticks: number][];

function retimed(runs: Runs, offsets: Runs, edits: Edits, change: Retiming, timescale: number) {
  const added = change.startsAtZero ? edits.delayMediaTicks : 0;
  const delayMovieTicks = change.startsAtZero ? 0 : edits.delayMovieTicks;
  const stretched: Runs = added > 0 ? stretchFirst(runs, added) : runs.map((run) => [...run]);
  const lastDecodedEnd = sumOf(stretched) + (offsets.at(-1)?.[1] ?? 0);
  let endTicks = presentationEnd(stretched, offsets);
  if (change.endSeconds !== null) {
    const delay = change.startsAtZero ? 0 : edits.delayMediaTicks;
    const wanted = Math.round(change.endSeconds * timescale) - delay + edits.mediaTicks;
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

function required(parent: Buffer, path: string[]): Buffer {
  const found = findBox(parent, path);
  if (!found) throw new RangeError(`A track has no ${path.at(-1)}.`);
  return found;
}

/** `mvhd` and `mdhd` (ISO/IEC 14496-12, 8.2.2 and 8.4.2): their time scale follows two times. */
const versioned = (payload: Buffer) => ({ timescale: payload.readUInt32BE(payload[0] === 1 ? 20 : 12) });

/**
 * `elst` (ISO/IEC 14496-12, 8.6.6): FFmpeg writes an empty edit where a track begins late, then one for all
 * of its media.
 */
function readEdits(trak: Buffer, movieTimescale: number, mediaTimescale: number): Edits {
  const edits: Edits = { delayMovieTicks: 0, delayMediaTicks: 0, mediaTicks: 0 };
  const elst = findBox(trak, ['edts', 'elst']);
  if (!elst) return edits;
  const wide = elst[0] === 1;
  for (let i = 0, at = 8; i < elst.readUInt32BE(4); i++, at += wide ? 20 : 12) {
    const length = wide ? Number(elst.readBigUInt64BE(at)) : elst.readUInt32BE(at);
    const mediaTicks = wide ? Number(elst.readBigInt64BE(at + 8)) : elst.readInt32BE(at + 4);
    if (mediaTicks >= 0) return { ...edits, mediaTicks };
    edits.delayMovieTicks += length;
    edits.delayMediaTicks = Math.round((edits.delayMovieTicks * mediaTimescale) / movieTimescale);
  }
  return edits;
}

function writeEdits(lengthMovieTicks: number, delayMovieTicks: number, mediaTicks: number): Buffer {
  const edits = [
    ...(delayMovieTicks > 0 ? [[delayMovieTicks, -1]] : []),
    [lengthMovieTicks - delayMovieTicks, mediaTicks],
  ];
  const payload = Buffer.alloc(8 + 20 * edits.length);
  payload.writeUInt8(1, 0);
  payload.writeUInt32BE(edits.length, 4);
  for (const [i, [length = 0, start = 0]] of edits.entries()) {
    payload.writeBigUInt64BE(BigInt(length), 8 + 20 * i);
    payload.writeBigInt64BE(BigInt(start), 16 + 20 * i);
    payload.writeUInt32BE(0x10000, 24 + 20 * i);
  }
  return payload;
}

/** `stts` (ISO/IEC 14496-12, 8.6.1.2). */
const readDeltas = (stts: Buffer): Runs =>
  Array.from({ length: stts.readUInt32BE(4) }, (_, i) => [
    stts.readUInt32BE(8 + 8 * i),
    stts.readUInt32BE(12 + 8 * i),
  ]);

/** `ctts` (ISO/IEC 14496-12, 8.6.1.3): how much later each sample is displayed than decoded. */
const readOffsets = (ctts: Buffer | undefined): Runs =>
  Array.from({ length: ctts?.readUInt32BE(4) ?? 0 }, (_, i) => [
    ctts?.readUInt32BE(8 + 8 * i) ?? 0,
    ctts?.readInt32BE(12 + 8 * i) ?? 0,
  ]);

function writeDeltas(runs: Runs): Buffer {
  const payload = Buffer.alloc(8 + 8 * runs.length);
  payload.writeUInt32BE(runs.length, 4);
  for (const [i, [count, ticks]] of runs.entries()) {
    payload.writeUInt32BE(count, 8 + 8 * i);
    payload.writeUInt32BE(ticks, 12 + 8 * i);
  }
  return payload;
}

/** Bytes before the duration, in versions 0 and 1 of the box (ISO/IEC 14496-12, 8.2.2, 8.3.2 and 8.4.2). */
const durationAt = { mvhd: [16, 24], tkhd: [20, 28], mdhd: [16, 24] } as const;

function withDuration(payload: Buffer, type: keyof typeof durationAt, ticks: number): Buffer {
  const changed = Buffer.from(payload);
  const [short, long] = durationAt[type];
  if (changed[0] === 1) changed.writeBigUInt64BE(BigInt(ticks), long);
  else changed.writeUInt32BE(Math.min(ticks, 0xffffffff), short);
  return changed;
}

const containers = ['trak', 'edts', 'mdia', 'minf', 'stbl'];

function rebuild(type: string, payload: Buffer, changes: Record<string, (old: Buffer) => Buffer>): Buffer {
  const parts = Array.from(boxesIn(payload), (child) => {
    if (containers.includes(child.type)) return rebuild(child.type, child.payload, changes);
    return box(child.type, changes[child.type]?.(child.payload) ?? child.payload);
  });
  return box(type, ...parts);
}
