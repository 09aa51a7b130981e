import type { FileHandle } from 'node:fs/promises';
import { AppError } from '@/lib/errors';
import { FormatError } from '@/lib/formats/bytes/fields';
import { findBox, findBoxes } from '@/lib/formats/mp4/boxes';
import { requiredBox } from '@/lib/formats/mp4/clear-track';
import { readTrackDefaults, readTrackFragment } from '@/lib/formats/mp4/fragments';
import { readEdits, readTimescale } from '@/lib/formats/mp4/movie-boxes';
import { boxesOf, readPayload, withFile } from '@/lib/formats/mp4-files/file-boxes';

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
  try {
    return await withFile(trackFile, readTimes);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AppError('verify-failed', 'The times of a track cannot be read.', { cause });
  }
}

async function readTimes(file: FileHandle): Promise<TrackTimes> {
  let track = { timescale: 1, editTicks: 0, defaults: { ticks: 0, sizeBytes: 0 } };
  const framesSeconds: number[] = [];
  let endSeconds = 0;
  for await (const place of boxesOf(file)) {
    if (place.type === 'moov') track = readTrack(await readPayload(file, place));
    if (place.type !== 'moof') continue;
    for (const { payload } of findBoxes(await readPayload(file, place), ['traf'])) {
      const { firstTicks, samples } = readTrackFragment(payload, track.defaults);
      if (firstTicks === null) throw new FormatError('A fragment has no tfdt.');
      let dts = firstTicks;
      for (const { ticks, delayTicks } of samples) {
        const from = (dts + delayTicks - track.editTicks) / track.timescale;
        const to = from + ticks / track.timescale;
        endSeconds = Math.max(endSeconds, to);
        if (to > 0) framesSeconds.push(from);
        dts += ticks;
      }
    }
  }
  return { framesSeconds: framesSeconds.sort((a, b) => a - b), endSeconds };
}

function readTrack(moov: Uint8Array) {
  const timescale = readTimescale(requiredBox(moov, ['trak', 'mdia', 'mdhd']));
  if (timescale === 0) throw new FormatError('A track has no time scale.');
  const [elst, trex] = [findBox(moov, ['trak', 'edts', 'elst']), findBox(moov, ['mvex', 'trex'])];
  const [edit] = elst ? readEdits(elst) : [];
  const defaults = trex ? readTrackDefaults(trex) : { ticks: 0, sizeBytes: 0 };
  return { timescale, editTicks: Math.max(0, edit?.mediaTicks ?? 0), defaults };
}
