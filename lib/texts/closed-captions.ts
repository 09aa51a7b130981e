import { setImmediate as nextTurn } from 'node:timers/promises';
import { CaptionStream } from 'mux.js/lib/m2ts/caption-stream.js';
import type { CaptionData } from './caption-data';
import { cleanWebvtt } from './clean-webvtt';
import { type Cue, writeWebvtt } from './webvtt';

/** The captions of one channel, such as `CC1`, as a WebVTT file. */
export interface CaptionChannel {
  name: string;
  webvtt: string;
}

/** mux.js copies what waits for each frame that is added. */
const framesAtOnce = 500;
/** Of the 15 rows of CEA-608, those in the upper half stand at the top. */
const lastUpperRow = 7;

/**
 * Decodes closed captions, each channel of CEA-608 by itself; where there are none, the services of CEA-708, which
 * otherwise say the same. What is still shown at the end goes then.
 */
export async function decodeCaptions(data: CaptionData[], endSeconds: number): Promise<CaptionChannel[]> {
  const channels = new Map<string, Cue[]>();
  const stream = new CaptionStream();
  stream.on('data', ({ stream: name, startPts, endPts, text, content = [] }) => {
    const cues = channels.get(name) ?? [];
    channels.set(name, cues);
    const isAtTop = content.length > 0 && content.every(({ line }) => line <= lastUpperRow);
    const written = text ?? content.map((row) => row.text).join('\n');
    cues.push({
      startMs: Math.max(0, Math.round(startPts)),
      endMs: Math.round(endPts),
      settings: isAtTop ? 'line:5%' : '',
      text: written.replaceAll('&', '&amp;').replaceAll(/<(?!\/?[iu]>)/g, '&lt;'),
    });
  });
  const lastSeconds = Math.max(endSeconds, data.at(-1)?.seconds ?? 0);
  const all = [...data, ...endings.map((bytes) => ({ seconds: lastSeconds, bytes }))];
  for (const [i, { seconds, bytes }] of all.entries()) {
    stream.push({ nalUnitType: 'sei_rbsp', escapedRBSP: seiMessage(bytes), pts: seconds * 1000, dts: i });
    if (i % framesAtOnce !== framesAtOnce - 1) continue;
    stream.partialFlush();
    await nextTurn();
  }
  stream.partialFlush();
  return channelsOf(channels);
}

async function channelsOf(channels: Map<string, Cue[]>): Promise<CaptionChannel[]> {
  const names = [...channels.keys()].sort();
  const lines = names.filter((name) => /^CC\d$/.test(name));
  const made: CaptionChannel[] = [];
  for (const name of lines.length > 0 ? lines : names) {
    const webvtt = await cleanWebvtt(writeWebvtt(channels.get(name) ?? []), 'webvtt');
    if (webvtt !== null) made.push({ name, webvtt });
  }
  return made;
}

/** A message as mux.js takes it (ITU-T H.264, 7.3.2.3.1), behind the head of its unit. */
function seiMessage(ccData: Buffer): Uint8Array {
  const payload = Buffer.concat([Buffer.from('b50031', 'hex'), Buffer.from('GA94\x03', 'latin1'), ccData]);
  const size = [...Array<number>(Math.floor(payload.length / 255)).fill(255), payload.length % 255];
  return Buffer.concat([Buffer.from([4, ...size]), payload, Buffer.from([0x80])]);
}

/** One frame's data, each of whose pairs has its type and validity before it (CTA-708, table 2). */
const pairs = (...triplets: number[][]): Buffer =>
  Buffer.from([0x40 | triplets.length, 0xff, ...triplets.flat(), 0xff]);

/** "Erase Displayed Memory" for the four channels of CEA-608, and "Clear Windows" for six services of CEA-708. */
const endings: Buffer[] = [
  pairs([0xfc, 0x14, 0x2c]),
  pairs([0xfc, 0x1c, 0x2c]),
  pairs([0xfd, 0x15, 0x2c]),
  pairs([0xfd, 0x1d, 0x2c]),
  ...[1, 2, 3, 4, 5, 6].map((service) => pairs([0xff, 0x02, (service << 5) | 2], [0xfe, 0x88, 0xff])),
  pairs([0xff, 0x02, 0x00], [0xfe, 0x00, 0x00]),
];
