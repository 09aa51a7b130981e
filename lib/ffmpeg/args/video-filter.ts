import type { Rendition } from '@/lib/media/package-plan';
import type { VideoStream } from '@/lib/media/source-probe';
import type { Storyboard } from '@/lib/media/storyboard';

const hdrTransfers = ['smpte2084', 'arib-std-b67'];

/**
 * One filter graph for all renditions of a stream: what the source needs is done once, then one scaled branch for each.
 * FFmpeg turns rotated video upright by itself, before the graph.
 */
export function videoFilter(
  stream: VideoStream,
  renditions: Rendition[],
  storyboard: Storyboard | null,
): string {
  const first = [deinterlace(stream), toneMap(stream)].filter((step) => step !== null);
  const branches = renditions.map((rendition) => branch(stream, rendition));
  const pads = renditions.map(({ name }) => name);
  if (storyboard) {
    branches.push(sheets(storyboard));
    pads.push(storyboardPad);
  }
  const split = `split=${pads.length}${pads.map((pad) => `[in-${pad}]`).join('')}`;
  return [`[0:${stream.index}]${[...first, split].join(',')}`, ...branches].join(';');
}

/** Square pixels and 8-bit 4:2:0, so that all renditions have the same shape and play everywhere. */
function branch(stream: VideoStream, { name, width, height, framesPerSecond }: Rendition): string {
  const slower = framesPerSecond < stream.framesPerSecond ? `fps=${framesPerSecond},` : '';
  return `[in-${name}]${slower}scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p[${name}]`;
}

/** The name of the graph's output that carries thumbnails. */
export const storyboardPad = 'storyboard';

/** A picture at a steady interval, in sheets of rows and columns. */
function sheets({ intervalSeconds, columns, rows, width, height }: Storyboard): string {
  const size = `scale=${width}:${height}:flags=bilinear,setsar=1,format=yuvj420p`;
  return `[in-${storyboardPad}]fps=1/${intervalSeconds},${size},tile=${columns}x${rows}[${storyboardPad}]`;
}

/** One frame for each two fields; fields that belong to a progressive frame pass. */
export const deinterlace = ({ isInterlaced }: VideoStream) =>
  isInterlaced ? 'bwdif=mode=send_frame:deint=interlaced' : null;

/** HDR (PQ, HLG; ITU-R BT.2100) to the range of BT.709 screens: in linear light, by the Hable curve. */
export function toneMap(stream: VideoStream): string | null {
  if (!hdrTransfers.includes(stream.colorTransfer ?? '')) return null;
  return [
    ...assumedColors(stream),
    'zscale=t=linear:npl=100',
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
    'format=yuv420p',
  ].join(',');
}

/** What BT.2100 has where a file tells nothing but its transfer: zscale finds no way from colors that are not specified. */
function assumedColors({ colorMatrix, colorPrimaries }: VideoStream): string[] {
  const matrix = colorMatrix === null ? ['setparams=colorspace=bt2020nc'] : [];
  return colorPrimaries === null ? [...matrix, 'setparams=color_primaries=bt2020'] : matrix;
}
