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

/** With each added frame, mux.js copies all waiting ones. */
const framesAtOnce = 500;
/** CEA-608 has 15 rows; captions up to this one are placed at the top. */
const lastUpperRow = 7;

/**
 * Decodes closed captions, one result for each channel of CEA-608; without any, the services of CEA-708,
 * which otherwise repeat them. A caption that is still shown at the end ends there.
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

/** An SEI message as mux.js expects it (ITU-T H.264, 7.3.2.3.1), after the header of its unit. */
function seiMessage(ccData: Buffer): Uint8Array {
  const payload = Buffer.concat([Buffer.from('b50031', 'hex'), Buffer.from('GA94\x03', 'latin1'), ccData]);
  const size = [...Array<number>(Math.floor(payload.length / 255)).fill(255), payload.length % 255];
  return Buffer.concat([Buffer.from([4, ...size]), payload, Buffer.from([0x80])]);
}

/** The data of one frame; the type and validity of each pair precede it (CTA-708, table 2). */
const pairs = (...triplets: number[][]): Buffer =>
  Buffer.from([0x40 | triplets.length, 0xff, ...triplets.flat(), 0xff]);

/**
 * "Erase Displayed Memory" for the four channels of CEA-608, and "Clear Windows" for six services of CEA-708.
 */
const endings: Buffer[] = [
  pairs([0xfc, 0x14, 0x2c]),
  pairs([0xfc, 0x1c, 0x2c]),
  pairs([0xfd, 0x15, 0x2c]),
  pairs([0xfd, 0x1d, 0x2c]),
  ...[1, 2, 3, 4, 5, 6].map((service) => pairs([0xff, 0x02, (service << 5) | 2], [0xfe, 0x88, 0xff])),
  pairs([0xff, 0x02, 0x00], [0xfe, 0x00, 0x00]),
];
