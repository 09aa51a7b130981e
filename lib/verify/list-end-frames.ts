import { type Part, packetArgs } from '@/lib/ffmpeg/args/decode-args';
import { decode, ofInput } from './decode';
import { type EndFrames, readFrameLine, type StoredFrame } from './stored-frames';

/** Longer than any segment: keyframes of copied video are at most 10 s apart. */
const longestSegmentSeconds = 15;

/** Lists the frames as they are stored at both ends of each clear track, by the track's file. */
export async function listEndFrames(
  files: string[],
  folder: string,
  signal: AbortSignal,
): Promise<Map<string, EndFrames>> {
  const list = async (part: Part): Promise<StoredFrame[][]> => {
    const found = await decode(packetArgs(files, part), folder, signal);
    return files.map((_, i) => ofInput(found, i).frames.map(readFrameLine));
  };
  const first = await list({ firstSeconds: longestSegmentSeconds });
  const last = await list({ lastSeconds: longestSegmentSeconds });
  return new Map(files.map((file, i) => [file, { first: first[i] ?? [], last: last[i] ?? [] }]));
}
