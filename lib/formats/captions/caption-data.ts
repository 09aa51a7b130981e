import { setImmediate as nextTurn } from 'node:timers/promises';
import { boxesIn } from '../mp4/boxes';

/** The closed captions in one frame: `cc_data` of CTA-708, 4.4, with the display time of the frame. */
export interface CaptionData {
  seconds: number;
  bytes: Buffer;
}

/** `itu_t_t35_country_code` and `_provider_code` of ATSC, before the user data (ATSC A/72, part 1, 6.4.2). */
const atsc = Buffer.from([0xb5, 0x00, 0x31]);
/** `user_identifier` and `user_data_type_code` of captions (ATSC A/53, part 4, 6.2.3). */
const captions = Buffer.from('GA94\x03', 'latin1');
const registeredUserData = 4;

/** The number of frames between two turns of the event loop: some milliseconds of work. */
const framesAtOnce = 2000;
/** Captions take 100 bytes, with a few units beside them; everything beyond is ignored. */
const mostUnitBytes = 4096;
const mostUnits = 16;

/**
 * Reads the captions of each frame from the units of a video that carry them, or from the packets of a
 * caption track (`eia_608`), with the list of their times and sizes that FFmpeg's `framecrc` writes. Returns
 * them in display order; frames without captions are left out.
 */
export async function readCaptionData(codec: string, packets: Buffer, times: string): Promise<CaptionData[]> {
  const [, over = 1, under = 1] = (/^#tb 0: (\d+)\/(\d+)$/m.exec(times) ?? []).map(Number);
  const found: CaptionData[] = [];
  let [at, frames] = [0, 0];
  for (const [line] of times.matchAll(/^[^#\n].*$/gm)) {
    const [, , ticks = 0, , sizeBytes = 0] = line.split(',').map(Number);
    const packet = packets.subarray(at, at + sizeBytes);
    at += sizeBytes;
    const seconds = (ticks * over) / under;
    if (codec === 'eia_608') found.push(...trackPairs(packet, seconds));
    else for (const bytes of captionsIn(codec, packet)) found.push({ seconds, bytes });
    frames += 1;
    if (frames % framesAtOnce === 0) await nextTurn();
  }
  return found.sort((a, b) => a.seconds - b.seconds);
}

/** CEA-608 sends a pair of bytes with each television frame. */
const pairSeconds = 1001 / 30_000;

/**
 * The pairs of a caption track's packet, each at its time: as FFmpeg provides them (`cc_data` without its
 * header), or in QuickTime's `cdat` (first field) and `cdt2` atoms ("QuickTime File Format", closed
 * captioning media).
 */
function trackPairs(packet: Buffer, seconds: number): CaptionData[] {
  const timed = (triplets: number[][]) =>
    triplets.map((triplet, i) => ({
      seconds: seconds + i * pairSeconds,
      bytes: Buffer.from([0x41, 0xff, ...triplet, 0xff]),
    }));
  const parts = (bytes: Buffer, size: number) =>
    Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => [
      ...bytes.subarray(i * size, (i + 1) * size),
    ]);
  const isAtom = ['cdat', 'cdt2'].includes(packet.toString('latin1', 4, 8));
  if (!isAtom) return timed(parts(packet.subarray(0, mostUnitBytes), 3));
  const atoms: CaptionData[] = [];
  for (const { type, payload } of boxesIn(packet.subarray(0, mostUnitBytes)))
    atoms.push(...timed(parts(payload, 2).map((pair) => [type === 'cdt2' ? 0xfd : 0xfc, ...pair])));
  return atoms;
}

function captionsIn(codec: string, frame: Buffer): Buffer[] {
  return unitsIn(frame).flatMap((unit) => {
    if (unit.length > mostUnitBytes) return [];
    if (codec === 'mpeg2video') return captionsAt(unit, 1);
    const message = registeredMessage(withoutEmulation(unit), codec === 'hevc' ? 2 : 1);
    return message?.subarray(0, atsc.length).equals(atsc) ? captionsAt(message, atsc.length) : [];
  });
}

function captionsAt(bytes: Buffer, at: number): Buffer[] {
  const body = at + captions.length;
  return bytes.subarray(at, body).equals(captions) ? [bytes.subarray(body)] : [];
}

/** The units between start codes of three or four bytes. */
function unitsIn(frame: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = frame.indexOf(startCode); at >= 0 && starts.length <= mostUnits; ) {
    starts.push(at + 3);
    at = frame.indexOf(startCode, at + 3);
  }
  return starts.map((start, i) => frame.subarray(start, (starts[i + 1] ?? frame.length + 3) - 3));
}

const startCode = Buffer.from([0, 0, 1]);

/**
 * The payload of an SEI unit's first message of registered user data (ITU-T H.264, 7.3.2.3.1), after the
 * unit's header.
 */
function registeredMessage(sei: Buffer, headBytes: number): Buffer | undefined {
  let at = headBytes;
  const number = () => {
    let value = 0;
    for (; sei[at] === 0xff; at += 1) value += 0xff;
    value += sei[at] ?? 0;
    at += 1;
    return value;
  };
  while (at + 2 < sei.length) {
    const type = number();
    const sizeBytes = number();
    const payload = sei.subarray(at, at + sizeBytes);
    // A frame has one caption message; others may be beside it.
    if (type === registeredUserData && payload.subarray(0, atsc.length).equals(atsc)) return payload;
    at += sizeBytes;
  }
  return undefined;
}

/** Removes the bytes that keep start codes out of a unit (ITU-T H.264, 7.4.1). */
function withoutEmulation(unit: Buffer): Buffer {
  const kept = Buffer.alloc(unit.length);
  let [length, zeros] = [0, 0];
  for (const byte of unit) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    kept[length] = byte;
    length += 1;
  }
  return kept.subarray(0, length);
}
