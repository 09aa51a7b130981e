import { latin1, viewOf } from '../bytes/fields';
import { fullBox } from './boxes';

/** The time scale of `mvhd` and `mdhd` (ISO/IEC 14496-12, 8.2.2 and 8.4.2), which follows two times. */
export function readTimescale(payload: Uint8Array): number {
  const { version, fields } = fullBox(payload);
  return fields.skip(version === 1 ? 16 : 8).u32();
}

/** The handler type of `hdlr` (8.4.3), such as `vide`. */
export const readHandler = (payload: Uint8Array): string => latin1(fullBox(payload).fields.skip(4).bytes(4));

/** Bytes before the duration, in versions 0 and 1 of the box (8.2.2, 8.3.2 and 8.4.2). */
const durationAt = { mvhd: [16, 24], tkhd: [20, 28], mdhd: [16, 24] } as const;

/** A copy of a header with another duration. */
export function withDuration(payload: Uint8Array, type: keyof typeof durationAt, ticks: number): Uint8Array {
  const { version, fields } = fullBox(payload);
  const at = durationAt[type][version === 1 ? 1 : 0];
  fields.skip(at - 4).skip(version === 1 ? 8 : 4);
  const changed = new Uint8Array(payload);
  if (version === 1) viewOf(changed).setBigUint64(at, BigInt(ticks));
  else viewOf(changed).setUint32(at, Math.min(ticks, 0xffffffff));
  return changed;
}

/** How long an edit lasts, in ticks of the movie, and where it begins in the media; -1 displays nothing. */
export interface Edit {
  movieTicks: number;
  mediaTicks: number;
}

/** The entries of `elst` (8.6.6). */
export function readEdits(payload: Uint8Array): Edit[] {
  const { version, fields } = fullBox(payload);
  const isLong = version === 1;
  const count = fields.u32();
  const rows = fields.rows(count, isLong ? 20 : 12);
  return Array.from({ length: count }, (_, i) =>
    isLong
      ? { movieTicks: Number(rows.getBigUint64(20 * i)), mediaTicks: Number(rows.getBigInt64(20 * i + 8)) }
      : { movieTicks: rows.getUint32(12 * i), mediaTicks: rows.getInt32(12 * i + 4) },
  );
}

/** The payload of an `elst` of version 1, at normal speed. */
export function writeEdits(edits: readonly Edit[]): Uint8Array {
  const payload = new Uint8Array(8 + 20 * edits.length);
  const view = viewOf(payload);
  view.setUint8(0, 1);
  view.setUint32(4, edits.length);
  for (const [i, { movieTicks, mediaTicks }] of edits.entries()) {
    view.setBigUint64(8 + 20 * i, BigInt(movieTicks));
    view.setBigInt64(16 + 20 * i, BigInt(mediaTicks));
    view.setUint32(24 + 20 * i, 0x10000);
  }
  return payload;
}
