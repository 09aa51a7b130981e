/** What one frame carries of closed captions: `cc_data` of CTA-708, 4.4, with the time at which the frame is shown. */
export interface CaptionData {
  seconds: number;
  bytes: Buffer;
}

/** `itu_t_t35_country_code` and `_provider_code` of ATSC, before the user data (ATSC A/72, part 1, 6.4.2). */
const atsc = Buffer.from([0xb5, 0x00, 0x31]);
/** `user_identifier` and `user_data_type_code` of captions (ATSC A/53, part 4, 6.2.3). */
const captions = Buffer.from('GA94\x03', 'latin1');
const registeredUserData = 4;

/**
 * Reads the captions of each frame from the units of a video that hold them, and the list of their times and sizes that
 * FFmpeg's `framecrc` writes. In the order in which frames are shown; frames without captions are left out.
 */
export function readCaptionData(codec: string, units: Buffer, times: string): CaptionData[] {
  const [, over = 1, under = 1] = (/^#tb 0: (\d+)\/(\d+)$/m.exec(times) ?? []).map(Number);
  const found: CaptionData[] = [];
  let at = 0;
  for (const line of times.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, , ticks = 0, , sizeBytes = 0] = line.split(',').map(Number);
    const frame = units.subarray(at, at + sizeBytes);
    at += sizeBytes;
    for (const bytes of captionsIn(codec, frame)) found.push({ seconds: (ticks * over) / under, bytes });
  }
  return found.sort((a, b) => a.seconds - b.seconds);
}

function captionsIn(codec: string, frame: Buffer): Buffer[] {
  return unitsIn(frame).flatMap((unit) => {
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
  for (let at = frame.indexOf(startCode); at >= 0; at = frame.indexOf(startCode, at + 3)) starts.push(at + 3);
  return starts.map((start, i) => frame.subarray(start, (starts[i + 1] ?? frame.length + 3) - 3));
}

const startCode = Buffer.from([0, 0, 1]);

/** The payload of an SEI unit's first message of registered user data (ITU-T H.264, 7.3.2.3.1), behind the unit's head. */
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
    // One message of captions is in a frame, others may be beside it.
    if (type === registeredUserData && payload.subarray(0, atsc.length).equals(atsc)) return payload;
    at += sizeBytes;
  }
  return undefined;
}

/** Without the bytes that keep start codes out of a unit (ITU-T H.264, 7.4.1). */
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
