import type { PackagePlan, PlannedAudio, Rendition } from '@/lib/media/package-plan';
import type { Argv } from './argv';
import { fromOutside } from './input-args';

/** Shaka Packager aligns renditions only when all of them count time in the same unit. */
const videoTimescale = 90_000;

/**
 * Makes the clear tracks of a plan in one process that reads, and decodes where it must, the source once: one plain MP4
 * for each track, named after it. Plain MP4 keeps in its edit list where a track begins, to the sample, so that tracks
 * in files of their own stay in sync.
 */
export function prepareArgs(source: string, plan: PackagePlan): Argv {
  const encoded = plan.renditions.filter((rendition) => rendition.mode === 'encode');
  return [
    ...fromOutside,
    '-i',
    `file:${source}`,
    ...(encoded.length > 0 ? ['-filter_complex', videoFilter(encoded)] : []),
    ...plan.renditions.flatMap((rendition) =>
      rendition.mode === 'copy' ? copyVideo(rendition) : encodeVideo(rendition, plan),
    ),
    ...plan.audios.flatMap(audioOutput),
  ];
}

/** Decodes once, then one scaled branch for each rendition; square pixels, so that all have the same shape. */
function videoFilter(renditions: Rendition[]): string {
  const index = renditions[0]?.stream.index ?? 0;
  const branches = renditions.map(
    ({ name, width, height, framesPerSecond, stream }) =>
      `[in-${name}]${framesPerSecond < stream.framesPerSecond ? `fps=${framesPerSecond},` : ''}` +
      `scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p[${name}]`,
  );
  const deinterlace = renditions[0]?.stream.isInterlaced ? 'bwdif=mode=send_frame,' : '';
  const heads = renditions.map(({ name }) => `[in-${name}]`).join('');
  return [`[0:${index}]${deinterlace}split=${renditions.length}${heads}`, ...branches].join(';');
}

const copyVideo = ({ name, stream }: Rendition): Argv => [
  '-map',
  `0:${stream.index}`,
  '-c',
  'copy',
  ...plainMp4(name),
];

function encodeVideo({ name, rate }: Rendition, plan: PackagePlan): Argv {
  const { crf, maxBps } = rate ?? { crf: 22, maxBps: 6_500_000 };
  return [
    '-map',
    `[${name}]`,
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-profile:v',
    'high',
    '-crf',
    String(crf),
    '-maxrate',
    String(maxBps),
    '-bufsize',
    String(2 * maxBps),
    ...keyframes(plan.keyframes),
    // The source's time base and its frames as they come (no doubling to a constant rate), so that frames keep the
    // exact times that the copied rendition has.
    '-enc_time_base',
    '-1',
    '-fps_mode',
    'vfr',
    ...plainMp4(name),
  ];
}

/** Keyframes where segments start, and nowhere else, so that every rendition can be switched at every segment. */
function keyframes(at: PackagePlan['keyframes']): Argv {
  const times =
    'atSeconds' in at
      ? at.atSeconds.map((time) => time.toFixed(6)).join(',')
      : `expr:gte(t,n_forced*${at.everySeconds})`;
  return ['-force_key_frames', times, '-sc_threshold', '0', '-g', '100000'];
}

function audioOutput({ name, stream, mode, channels, bitrateBps }: PlannedAudio): Argv {
  const map = ['-map', `0:${stream.index}`];
  if (mode === 'copy') return [...map, '-c', 'copy', ...plainMp4(name)];
  return [
    ...map,
    // Gaps in the source become silence, so that sound stays with the picture to the end.
    '-af',
    'aresample=async=1000',
    '-c:a',
    'aac',
    '-b:a',
    String(bitrateBps),
    '-ac',
    String(channels),
    '-ar',
    '48000',
    ...plainMp4(name),
  ];
}

/** Nothing but the track: no chapters, no tags of the source. */
const plainMp4 = (name: string): Argv => [
  '-map_metadata',
  '-1',
  '-map_chapters',
  '-1',
  '-video_track_timescale',
  String(videoTimescale),
  '-f',
  'mp4',
  '-y',
  `${name}.mp4`,
];
