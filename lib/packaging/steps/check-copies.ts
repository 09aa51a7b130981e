import { decodeWholeArgs } from '@/lib/ffmpeg/args/decode-args';
import { log } from '@/lib/log';
import type { PlannedAudio, Rendition, TrackSet } from '@/lib/media/package-plan';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { decode } from '@/lib/verify/decode';
import { CopiesRefused, copies } from './refused-copies';

/**
 * Audio decodes hundreds of times faster than it plays, video ten times: this is for the longest and slowest.
 */
const timeoutSeconds = 4 * 3600;

/**
 * What FFmpeg's decoders report of streams that every browser plays: references that are missing after a cut.
 */
const harmless = /mmco: |reference frames|reorder|co located|Could not update timestamps/;

/**
 * Whether a decoder complains of the data of a stream, in the error messages of a run of FFmpeg. `index` is
 * that of the stream in the first input; without it, the run decoded streams of this codec only.
 */
export function hasDamage(messages: string, codec: string, index?: number): boolean {
  const failure = `Error while decoding stream #${index === undefined ? '' : `0:${index}:`}`;
  const isOwn = (line: string) => line.startsWith(`[${codec} @`) || line.startsWith(failure);
  return messages.split('\n').some((line) => isOwn(line) && !harmless.test(line));
}

/**
 * Decodes copied tracks whole: FFmpeg conceals damage, and follows a configuration that changes in the
 * stream, where browsers stop. `messages` are those of a run that decoded the video's source already; null if
 * none did.
 * @throws CopiesRefused
 */
export async function checkCopies(
  tools: ToolRunner,
  tracks: TrackSet,
  folder: string,
  signal: AbortSignal,
  messages: string | null,
): Promise<void> {
  const all = copies(tracks);
  const isKnown = (item: Rendition | PlannedAudio) => 'width' in item && messages !== null;
  const refused = all.filter(
    (item) => isKnown(item) && hasDamage(messages ?? '', item.stream.codec, item.stream.index),
  );
  refused.push(
    ...(await damaged(
      tools,
      all.filter((item) => !isKnown(item)),
      folder,
      signal,
    )),
  );
  if (refused.length === 0) return;
  log().info(
    { streams: refused.map(({ name }) => name) },
    'Copies are encoded: they do not decode without errors',
  );
  throw new CopiesRefused(refused.map(({ stream }) => stream.index));
}

/** Starting FFmpeg takes longer than decoding a short track: each is decoded alone only if one has errors. */
async function damaged<Item extends Rendition | PlannedAudio>(
  tools: ToolRunner,
  items: Item[],
  folder: string,
  signal: AbortSignal,
): Promise<Item[]> {
  if (items.length === 0) return [];
  const isDamaged = async (some: Item[]) => {
    const args = decodeWholeArgs(some.map(({ name }) => `${name}.mp4`));
    const { complaint } = await decode(tools, args, { folder, signal, weight: 'heavy', timeoutSeconds });
    return some.some(({ stream }) => hasDamage(complaint ?? '', stream.codec));
  };
  if (!(await isDamaged(items))) return [];
  const found: Item[] = [];
  for (const item of items) if (items.length === 1 || (await isDamaged([item]))) found.push(item);
  return found;
}
