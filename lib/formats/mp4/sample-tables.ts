import { FormatError, viewOf } from '../bytes/fields';
import { fullBox } from './boxes';

/** More samples than a hundred hours of audio have. */
const mostSamples = 50_000_000;

/** `stsz` (ISO/IEC 14496-12, 8.7.3.2): one size for all samples, or a size for each. */
export function readSampleSizes(payload: Uint8Array): Uint32Array {
  const { fields } = fullBox(payload);
  const [all, count] = [fields.u32(), fields.u32()];
  if (count > mostSamples) throw new FormatError('A track has too many samples.');
  if (all > 0) return new Uint32Array(count).fill(all);
  return words(fields.rows(count, 4), count);
}

/** `stsc` (8.7.4): the number of samples in each chunk, in runs of chunks. */
export function readSamplesPerChunk(payload: Uint8Array, chunkCount: number): Uint32Array {
  const { fields } = fullBox(payload);
  const perChunk = new Uint32Array(chunkCount);
  const count = fields.u32();
  const rows = fields.rows(count, 12);
  const firstOf = (i: number) => (i < count ? rows.getUint32(12 * i) - 1 : chunkCount);
  for (let i = 0; i < count; i++) {
    // Each chunk is then filled once, however long the table is.
    if (i + 1 < count && firstOf(i + 1) <= firstOf(i)) throw new FormatError('Runs of chunks overlap.');
    perChunk.fill(rows.getUint32(12 * i + 4), firstOf(i), firstOf(i + 1));
  }
  return perChunk;
}

/** `stco`, or `co64` with offsets of 64 bits (8.7.5). */
export function readChunkOffsets(payload: Uint8Array, offsetBytes: 4 | 8): number[] {
  const { fields } = fullBox(payload);
  const count = fields.u32();
  const rows = fields.rows(count, offsetBytes);
  const read = (i: number) => (offsetBytes === 8 ? Number(rows.getBigUint64(8 * i)) : rows.getUint32(4 * i));
  return Array.from({ length: count }, (_, i) => read(i));
}

/** `stss` (8.6.2): the numbers of the sync samples, counted from 1, ascending. */
export function readSyncSamples(payload: Uint8Array): Uint32Array {
  const { fields } = fullBox(payload);
  const count = fields.u32();
  return words(fields.rows(count, 4), count);
}

/** Runs of samples with the same duration, or the same delay: the count, and the ticks of each. */
export type Runs = [count: number, ticks: number][];

/** `stts` (8.6.1.2): how long samples last. */
export const readDurations = (payload: Uint8Array): Runs =>
  readRuns(payload, (rows, at) => rows.getUint32(at));

/**
 * `ctts` (8.6.1.3): how much later samples are displayed than decoded. Delays are unsigned in version 0, but
 * writers use negative ones in both.
 */
export const readDelays = (payload: Uint8Array): Runs => readRuns(payload, (rows, at) => rows.getInt32(at));

function readRuns(payload: Uint8Array, ticksAt: (rows: DataView, at: number) => number): Runs {
  const { fields } = fullBox(payload);
  const rows = fields.rows(fields.u32(), 8);
  const runs: Runs = [];
  let samples = 0;
  for (let at = 0; at < rows.byteLength; at += 8) {
    samples += rows.getUint32(at);
    if (samples > mostSamples) throw new FormatError('A track has too many samples.');
    runs.push([rows.getUint32(at), ticksAt(rows, at + 4)]);
  }
  return runs;
}

/** The payload of an `stts`. */
export function writeDurations(runs: Runs): Uint8Array {
  const payload = new Uint8Array(8 + 8 * runs.length);
  const view = viewOf(payload);
  view.setUint32(4, runs.length);
  for (const [i, [count, ticks]] of runs.entries()) {
    view.setUint32(8 + 8 * i, count);
    view.setUint32(12 + 8 * i, ticks);
  }
  return payload;
}

const words = (rows: DataView, count: number): Uint32Array => {
  const read = new Uint32Array(count);
  for (let i = 0; i < count; i++) read[i] = rows.getUint32(4 * i);
  return read;
};
