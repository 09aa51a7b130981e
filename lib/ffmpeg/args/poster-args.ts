import type { Argv } from './argv';
import { fromOutside } from './input-args';

/** A tenth into the video titles and black are mostly over; the `thumbnail` filter takes the most telling frame there. */
const atShare = 0.1;
const framesToChooseFrom = 50;
const widthPixels = 640;

/** Makes a JPEG of a video, upright and with square pixels. */
export function posterArgs(
  source: string,
  streamIndex: number,
  durationSeconds: number,
  output: string,
): Argv {
  const filter = `thumbnail=${framesToChooseFrom},scale=trunc(iw*sar/2)*2:ih,setsar=1,scale='min(${widthPixels},iw)':-2`;
  return [
    ...fromOutside,
    '-ss',
    (durationSeconds * atShare).toFixed(3),
    '-i',
    `file:${source}`,
    '-map',
    `0:${streamIndex}`,
    '-vf',
    filter,
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
