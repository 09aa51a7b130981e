import { stat } from 'node:fs/promises';
import { run } from './run';

export const pieceBytes = 1024 * 1024;
const connections = 16;

/** The throughput of a server in MB/s, for ranges of 1 MB over 16 connections. */
export async function rangeThroughput(url: string, file: string, forSeconds: number): Promise<number> {
  const { size } = await stat(file);
  const numbers = [size, pieceBytes, connections, forSeconds].map(String);
  const result = JSON.parse(
    await run([process.execPath, 'bench/programs/range-client.mjs', url, ...numbers]),
  );
  return result.receivedBytes / 1e6 / result.seconds;
}

/** The file name of the largest video track of a version. */
export function largestTrack(tracks: { kind: string; file: string; bitrateBps: number }[]): string {
  const [largest] = tracks
    .filter(({ kind }) => kind === 'video')
    .toSorted((a, b) => b.bitrateBps - a.bitrateBps);
  if (!largest) throw new Error('The package has no video.');
  return largest.file;
}
