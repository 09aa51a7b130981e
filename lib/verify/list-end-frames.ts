import { type Part, packetArgs } from '@/lib/ffmpeg/args/decode-args';
import { decode, ofInput } from './decode';
import { type EndFrames, readFrameLine, type StoredFrame } from './stored-frames';

/** A track, and how much of its ends is wanted. */
interface Ends {
  file: string;
  firstSeconds: number;
  lastSeconds: number;
}

/** Times of frames that are not shown in the order in which they are stored lie apart. */
const marginSeconds = 2;

/** Lists the frames as they are stored at both ends of each clear track, a little more than asked for, by the track's file. */
export async function listEndFrames(
  tracks: Ends[],
  folder: string,
  signal: AbortSignal,
): Promise<Map<string, EndFrames>> {
  const parts = tracks.flatMap(({ file, firstSeconds, lastSeconds }): (Part & { file: string })[] => [
    { file, firstSeconds: firstSeconds + marginSeconds },
    { file, lastSeconds: lastSeconds + marginSeconds },
  ]);
  const listed = await decode(packetArgs(parts), { folder, signal });
  const frames = (input: number): StoredFrame[] => ofInput(listed, input).frames.map(readFrameLine);
  return new Map(tracks.map(({ file }, i) => [file, { first: frames(2 * i), last: frames(2 * i + 1) }]));
}
