import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '@/lib/errors';
import { boxesIn, findBox } from '@/lib/formats/mp4/boxes';
import { boxesOf, readPart } from '@/lib/formats/mp4-files/file-boxes';

/** The presentation times of the frames of a published track, in seconds. */
export interface TrackTimes {
  /** The start of each frame, ascending; without those that its edit list removes at the start. */
  framesSeconds: number[];
  /** The end of the last frame. */
  endSeconds: number;
}

/**
 * Reads the presentation times of a fragmented track with at most one edit, from the headers of its fragments
 * alone (ISO/IEC 14496-12, 8.8). Times are not encrypted.
 * @throws AppError `verify-failed` when it can't be read
 */
export async function readTrackTimes(trackFile: string): Promise<TrackTimes> {
  const file = await open(trackFile, 'r');
  try {
    return await readTimes(file);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new AppError('verify-failed', 'The times of a track cannot be read.', { cause });
  } finally {
    await file.close();
  }
}

async function readTimes(file: FileHandle): Promise<TrackTimes> {
  let track = { timescale: 1, editTicks: 0, defaultTicks: 0 };
  const framesSeconds: number[] = [];
  let endSeconds = 0;
  for await (const { type, start, end } of boxesOf(file)) {
    if (type === 'moov') track = readTrack(await readPart(file, start + 8, end));
    if (type !== 'moof') continue;
    for (const { pts, ticks } of fragmentTimes(await readPart(file, start + 8, end), track.defaultTicks)) {
      const from = (pts - track.editTicks) / track.timescale;
      endSeconds = Math.max(endSeconds, from + ticks / track.timescale);
      if (from + ticks / track.timescale > 0) framesSeconds.push(from);
    }
  }
  return { framesSeconds: framesSeconds.sort((a, b) => a - b), endSeconds };
}

/** `mdhd` (ISO/IEC 14496-12, 8.4.2), `elst` (8.6.6) and `trex` (8.8.3). */
function readTrack(moov: Buffer) {
  const mdhd = findBox(moov, ['trak', 'mdia', 'mdhd']);
  if (!mdhd) throw new RangeError('A track has no mdhd.');
  const elst = findBox(moov, ['trak', 'edts', 'elst']);
  const wide = elst?.[0] === 1;
  const editTicks = elst ? (wide ? Number(elst.readBigInt64BE(16)) : elst.readInt32BE(12)) : 0;
  return {
    timescale: mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12),
    editTicks: Math.max(0, editTicks),
    defaultTicks: findBox(moov, ['mvex', 'trex'])?.readUInt32BE(12) ?? 0,
  };
}

/**
 * `tfhd`, `tfdt` and `trun` (ISO/IEC 14496-12, 8.8.7, 8.8.12 and 8.8.8): flags name their optional fields.
 */
function* fragmentTimes(moof: Buffer, trexTicks: number): Generator<{ pts: number; ticks: number }> {
  const traf = findBox(moof, ['traf']) ?? Buffer.alloc(0);
  const defaultTicks = readDefaultTicks(findBox(traf, ['tfhd'])) ?? trexTicks;
  const tfdt = findBox(traf, ['tfdt']);
  if (!tfdt) throw new RangeError('A fragment has no tfdt.');
  let dts = tfdt[0] === 1 ? Number(tfdt.readBigUInt64BE(4)) : tfdt.readUInt32BE(4);
  for (const { type, payload } of boxesIn(traf)) {
    if (type !== 'trun') continue;
    const flags = payload.readUIntBE(1, 3);
    let at = 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
    const take = (flag: number) => {
      if (!(flags & flag)) return null;
      at += 4;
      return at - 4;
    };
    for (let i = 0; i < payload.readUInt32BE(4); i++) {
      const durationAt = take(0x100);
      take(0x200);
      take(0x400);
      const offsetAt = take(0x800);
      const ticks = durationAt === null ? defaultTicks : payload.readUInt32BE(durationAt);
      // Offsets are unsigned in version 0, but none is large enough to make a difference.
      yield { pts: dts + (offsetAt === null ? 0 : payload.readInt32BE(offsetAt)), ticks };
      dts += ticks;
    }
  }
}

function readDefaultTicks(tfhd: Buffer | undefined): number | undefined {
  const flags = tfhd?.readUIntBE(1, 3) ?? 0;
  if (!tfhd || !(flags & 0x8)) return undefined;
  return tfhd.readUInt32BE(8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0));
}
