import { stat } from 'node:fs/promises';
import { run } from './run';

export const pieceBytes = 1024 * 1024;
const connections = 16;

/** Bytes a second that a server gives of a file, in pieces of 1 MB over 16 connections, in MB. */
export async function rangeThroughput(url: string, file: string, forSeconds: number): Promise<number> {
  const { size } = await stat(file);
  const numbers = [size, pieceBytes, connections, forSeconds].map(String);
  const told = JSON.parse(await run([process.execPath, 'bench/programs/range-client.mjs', url, ...numbers]));
  return told.receivedBytes / 1e6 / told.seconds;
}

/** The largest video track of a version: its file's name. */
export function largestTrack(tracks: { kind: string; file: string; bitrateBps: number }[]): string {
  const [largest] = tracks
    .filter(({ kind }) => kind === 'video')
    .toSorted((a, b) => b.bitrateBps - a.bitrateBps);
  if (!largest) throw new Error('The package has no video.');
  return largest.file;
}
