import type { Rendition } from '@/lib/media/package-plan';
import { isUntaggedSd, type VideoStream } from '@/lib/media/source-probe';
import type { Storyboard } from '@/lib/media/storyboard';

const hdrTransfers = ['smpte2084', 'arib-std-b67'];

/**
 * One filter graph for all renditions of a stream: shared steps run once, then one scaled branch for each.
 * FFmpeg turns rotated video upright itself, before the graph.
 */
export function videoFilter(
  stream: VideoStream,
  renditions: Rendition[],
  storyboard: Storyboard | null,
  { guessesTimes = false } = {},
): string {
  const times = guessesTimes ? increasing(stream) : null;
  const first = [times, deinterlace(stream), toBt709(stream)].filter((step) => step !== null);
  const branches = renditions.map((rendition) => branch(stream, rendition));
  const pads = renditions.map(({ name }) => name);
  if (storyboard) {
    branches.push(sheets(storyboard));
    pads.push(storyboardPad);
  }
  const split = `split=${pads.length}${pads.map((pad) => `[in-${pad}]`).join('')}`;
  return [`[0:${stream.index}]${[...first, split].join(',')}`, ...branches].join(';');
}

/**
 * Frames for which FFmpeg guesses the same time, or one that goes back, would be dropped: they follow at half
 * the usual interval, until the times have caught up.
 */
const increasing = ({ framesPerSecond }: VideoStream) =>
  `setpts='if(lte(PTS,PREV_OUTPTS),PREV_OUTPTS+0.5/${framesPerSecond}/TB,PTS)'`;

/** Square pixels, 8-bit 4:2:0 and BT.709, so that all renditions have the same shape and play everywhere. */
function branch(stream: VideoStream, { name, width, height, framesPerSecond }: Rendition): string {
  // Every second, fourth … frame, each at its own time.
  const step = Math.round(stream.framesPerSecond / framesPerSecond);
  const slower = step > 1 ? `framestep=${step},` : '';
  const colors = `in_color_matrix=${sourceMatrix(stream)}:out_color_matrix=bt709:out_range=tv`;
  const scale = `scale=${width}:${height}:flags=${scaler(stream)}:${colors}`;
  return `[in-${name}]${slower}${scale},setsar=1,format=yuv420p[${name}]`;
}

/**
 * The matrix of a stream's colors, by FFmpeg's names: that of its frames, else the usual one for its size.
 */
const sourceMatrix = (stream: VideoStream) => {
  if (toBt709(stream) !== null) return 'bt709';
  // Old probes lack it: the frames themselves may have it.
  if (stream.colorMatrix !== null) return 'auto';
  return isUntaggedSd(stream) ? 'bt601' : 'bt709';
};

/** Exact where the matrix changes: swscale's usual rounding is off by 5 of 255. */
const scaler = (stream: VideoStream) =>
  sourceMatrix(stream) === 'bt709' || stream.colorMatrix === 'bt709'
    ? 'bicubic'
    : 'bicubic+accurate_rnd+full_chroma_int';

/** The name of the graph's output that carries thumbnails. */
export const storyboardPad = 'storyboard';

/** Thumbnails at a fixed interval, in sheets of rows and columns. */
function sheets({ intervalSeconds, columns, rows, width, height }: Storyboard): string {
  const size = `scale=${width}:${height}:flags=bilinear,setsar=1,format=yuvj420p`;
  return `[in-${storyboardPad}]fps=1/${intervalSeconds},${size},tile=${columns}x${rows}[${storyboardPad}]`;
}

const neverInterlaced = ['vp8', 'vp9', 'av1', 'png', 'gif', 'qtrle'];

/**
 * Makes one frame of each two fields. Headers describe only the start of a stream; each frame has its own
 * interlaced flag, and progressive frames pass unchanged.
 */
export const deinterlace = ({ codec }: VideoStream) =>
  neverInterlaced.includes(codec) ? null : 'bwdif=mode=send_frame:deint=interlaced';

const wideGamuts = ['bt2020', 'smpte431', 'smpte432'];

/**
 * The filters that convert a stream to BT.709; null where it needs none. HDR (PQ, HLG; ITU-R BT.2100) is tone
 * mapped in linear light, by the Hable curve; a wider gamut alone is converted.
 */
export function toBt709(stream: VideoStream): string | null {
  const { colorTransfer, colorPrimaries } = stream;
  if (hdrTransfers.includes(colorTransfer ?? '')) {
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
  if (!wideGamuts.includes(colorPrimaries ?? '')) return null;
  const wide = { ...stream, colorTransfer: specified(colorTransfer) };
  return [...assumedColors(wide), 'zscale=p=bt709:t=bt709:m=bt709:r=tv', 'format=yuv420p'].join(',');
}

const specified = (value: string | null) => (value === 'unknown' || value === 'reserved' ? null : value);

/**
 * Sets the values of BT.2100 or BT.709 where a file does not state them: zscale cannot convert from
 * unspecified colors.
 */
function assumedColors({ colorMatrix, colorPrimaries, colorTransfer }: VideoStream): string[] {
  const isBt709 = colorPrimaries !== null && colorPrimaries !== 'bt2020';
  return [
    ...(colorMatrix === null ? [`setparams=colorspace=${isBt709 ? 'bt709' : 'bt2020nc'}`] : []),
    ...(colorPrimaries === null ? ['setparams=color_primaries=bt2020'] : []),
    ...(colorTransfer === null ? ['setparams=color_trc=bt709'] : []),
  ];
}
