import type { SourceFile } from '@/lib/media/source-file';
import type { VideoStream } from '@/lib/media/source-probe';
import type { Argv } from './argv';
import { sourceInput } from './input-args';
import { deinterlace, toBt709 } from './video-filter';

/** The `thumbnail` filter chooses the most representative of this many frames. */
const framesToChooseFrom = 50;
const widthPixels = 640;

/** Makes a JPEG of a frame after a given time, as the renditions show it: upright, with square pixels. */
export function posterArgs(
  source: SourceFile,
  stream: VideoStream,
  fromSeconds: number,
  output: string,
): Argv {
  // Scaled down first: the frames to choose from are held in memory.
  const small = `scale=trunc(iw*sar/2)*2:ih,setsar=1,scale='min(${widthPixels},iw)':-2`;
  const steps = [deinterlace(stream), small, toBt709(stream), `thumbnail=${framesToChooseFrom}`];
  return [
    ...sourceInput(source, ['-ss', fromSeconds.toFixed(3)]),
    '-map',
    `0:${stream.index}`,
    '-vf',
    steps.filter((step) => step !== null).join(','),
    '-frames:v',
    '1',
    '-c:v',
    'mjpeg',
    '-q:v',
    '4',
    '-f',
    'image2',
    '-update',
    '1',
    '-y',
    output,
  ];
}
