import type { SourceFile } from '@/lib/media/source-file';
import type { Argv } from './argv';
import { sourceInput } from './input-args';

/**
 * Lists every packet of some streams with its times, as ffmpeg itself counts them when it copies or encodes:
 * concatenated streams and timestamp jumps are corrected, edit lists are applied. Nothing is decoded. `more`
 * are the options of further outputs, made of the same streams in the same pass.
 */
export function surveyArgs(source: SourceFile, streams: number[], more: Argv = []): Argv {
  const maps = streams.flatMap((index) => ['-map', `0:${index}`]);
  const packets = [...maps, '-c', 'copy', '-f', 'framecrc', 'pipe:1'];
  return [...sourceInput(source), ...packets, ...more];
}
