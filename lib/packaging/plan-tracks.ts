import type { DownloadStream, PlannedAudio, Rendition } from '@/lib/media/package-plan';
import type { AudioStream } from '@/lib/media/source-probe';
import { canCopyAudio, fitsMp4 } from './can-copy';

const stereoChannels = 2;
const stereoBps = 160_000;

/** One audio track for each audio stream: AAC-LC as it is, all else as AAC stereo. */
export function planAudios(streams: AudioStream[]): PlannedAudio[] {
  const taken = new Set<string>();
  return streams.map((stream) => {
    const isCopy = canCopyAudio(stream);
    return {
      name: freeName(`audio-${stream.language}`, taken),
      stream,
      mode: isCopy ? 'copy' : 'encode',
      channels: isCopy ? stream.channels : stereoChannels,
      bitrateBps: isCopy ? (stream.bitrateBps ?? stereoBps) : stereoBps,
      language: stream.language,
      label: stream.title,
    };
  });
}

/** Two streams of one language are `audio-en` and `audio-en-2`. */
function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}-${number}`;
  taken.add(name);
  return name;
}

/** The download carries the source's own streams where MP4 can, and the tracks made for them where it can't. */
export function planDownload(renditions: Rendition[], audios: PlannedAudio[]): DownloadStream[] {
  const [top] = renditions;
  const video = top ? [downloadStream('video', top, 'und')] : [];
  return [...video, ...audios.map((audio) => downloadStream('audio', audio, audio.language))];
}

function downloadStream(
  kind: DownloadStream['kind'],
  { name, stream }: Pick<Rendition | PlannedAudio, 'name' | 'stream'>,
  language: string,
): DownloadStream {
  return { kind, language, from: fitsMp4(stream) ? { source: stream.index } : { track: name } };
}
