import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { readDash } from '@/lib/formats/dash/read-dash';
import type { PackageRecord } from '@/lib/ledger/records';
import { readStarts } from '@/lib/verify/track-ends';
import { readTrackTimes, type TrackTimes } from '@/lib/verify/track-times';
import { frameNumbers } from '../fixtures/numbered-frames';
import { decryptTrack } from './frames';
import { downloadOf, folderOf, openPipeline, packageToEnd, upload } from './pipeline';
import { sampleKey } from './sample-plan';

/** A published package, and what its tracks hold once they are decrypted. */
export interface Packaged {
  context: Acting;
  record: PackageRecord;
  folder: string;
  mpd: string;
  notCarried: string[];
  /** Files of the video renditions, best first, and of the audio tracks. */
  videos: string[];
  audios: string[];
  isCopied: (file: string) => boolean | undefined;
  clear: (file: string) => Promise<string>;
  times: (file: string) => Promise<TrackTimes>;
}

/** Packages a source, which must succeed. */
export async function packaged(source: string): Promise<Packaged> {
  const context = await openPipeline();
  const { id } = await upload(context, source);
  return published(context, await packageToEnd(context, id, sampleKey, 'cenc'));
}

/** The published version of a package, which must be ready. */
export async function published(context: Acting, record: PackageRecord): Promise<Packaged> {
  expect(record.package).toMatchObject({ status: 'ready', errorMessage: null });
  const folder = folderOf(context, record);
  const tracks = record.version?.tracks ?? [];
  const filesOf = (kind: string) => tracks.filter((track) => track.kind === kind).map(({ file }) => file);
  return {
    context,
    record,
    folder,
    mpd: await readFile(path.join(folder, 'manifest.mpd'), 'utf8'),
    notCarried: record.version?.notCarried ?? [],
    videos: filesOf('video'),
    audios: filesOf('audio'),
    isCopied: (file) => tracks.find((track) => track.file === file)?.isCopied,
    clear: (file) => decryptTrack(folder, file, sampleKey),
    times: (file) => readTrackTimes(path.join(folder, file)),
  };
}

/** The numbers of the frames of a track that shows numberedFrames. */
export const numbersIn = async ({ clear }: Packaged, file: string) => frameNumbers(await clear(file));

/** The numbers of the frames of the download. */
export const numbersInDownload = ({ context, record }: Packaged) =>
  frameNumbers(downloadOf(context, record), sampleKey.keyHex);

/** The duration that the MPD declares for the presentation, in seconds. */
export const mpdSeconds = ({ mpd }: Packaged) =>
  Number(/mediaPresentationDuration="PT([\d.]+)S"/.exec(mpd)?.[1]);

/** The total length of the segments of a track by its HLS playlist, in seconds. */
export async function hlsSeconds({ folder }: Packaged, file: string): Promise<number> {
  const playlist = await readFile(path.join(folder, file.replace('.mp4', '.m3u8')), 'utf8');
  return [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}

/** When the segments of a track begin, by its index, and its IDR frames are presented, in milliseconds. */
export async function randomAccess(item: Packaged, file: string) {
  const track = readDash(item.mpd).find((found) => found.file === file);
  if (!track) throw new Error(`There is no ${file}.`);
  const starts = await readStarts(path.join(item.folder, file), track);
  const idrOnly = ['-c', 'copy', '-bsf:v', 'filter_units=pass_types=5', '-f', 'framecrc', '-'];
  const out = execFileSync('ffmpeg', ['-v', 'error', '-i', await item.clear(file), ...idrOnly]).toString();
  const idr = [...out.matchAll(/^0, *-?\d+, *(-?\d+)/gm)].map(([, ticks]) => Number(ticks) / 90);
  return { starts: starts.map((seconds) => Math.round(seconds * 1000)), idr: idr.map(Math.round) };
}

/** When the frame that is displayed last begins and ends, in seconds; and whether it is decoded last. */
export function lastFrame(clearFile: string): { from: number; to: number; isDecodedLast: boolean } {
  const entries = [
    '-select_streams',
    'v',
    '-show_entries',
    'packet=pts_time,duration_time',
    '-of',
    'csv=p=0',
  ];
  const lines = execFileSync('ffprobe', ['-v', 'error', ...entries, clearFile])
    .toString()
    .trim()
    .split('\n');
  const packets = lines.map((line) => line.split(',').map(Number));
  const [from = 0, seconds = 0] = packets.toSorted(([a = 0], [b = 0]) => b - a)[0] ?? [];
  return { from, to: from + seconds, isDecodedLast: from === packets.at(-1)?.[0] };
}
