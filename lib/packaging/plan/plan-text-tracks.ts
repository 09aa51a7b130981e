import type { SourceProbe, TextStream } from '@/lib/media/source-probe';
import type { PlannedText, TextNotCarried, TextRole, TextTrack } from '@/lib/media/text-track';
import { planAudios } from './plan-tracks';
import { languageName, withUniqueLabels } from './track-label';

/** Text formats, by FFmpeg's names, that can become WebVTT. */
const textCodecs = ['subrip', 'ass', 'mov_text', 'webvtt', 'text'];

/** Closed captions in a separate track: they are decoded like those in video. */
const captionCodec = 'eia_608';
export const captionTracks = (streams: TextStream[]): TextStream[] =>
  streams.filter(({ codec }) => codec === captionCodec);

/** The usual names of the formats that cannot. */
const imageFormats: Record<string, string> = {
  hdmv_pgs_subtitle: 'PGS',
  dvd_subtitle: 'VobSub',
  dvb_subtitle: 'DVB',
  xsub: 'XSUB',
};
const otherFormats: Record<string, string> = {
  dvb_teletext: 'teletext',
  hdmv_text_subtitle: 'HDMV text',
  ttml: 'TTML',
};

/**
 * The text tracks of a package, from every text stream of its source, and the streams that it cannot carry.
 */
export function planTextTracks(streams: TextStream[]): {
  carried: PlannedText[];
  notCarried: TextNotCarried[];
} {
  const taken = new Set<string>();
  const planned = streams
    .filter(({ codec }) => textCodecs.includes(codec))
    .map((stream) => planText(stream, taken));
  return {
    carried: withUniqueLabels(planned),
    notCarried: streams
      .filter(({ codec }) => !textCodecs.includes(codec) && codec !== captionCodec)
      .map(notCarried),
  };
}

function planText(stream: TextStream, taken: Set<string>): PlannedText {
  const { language, title } = stream;
  const role = roleOf(stream);
  return {
    file: freeFile(`text-${language}`, taken),
    language,
    label: textLabel(title, language, role),
    role,
    stream,
  };
}

/**
 * The text tracks of closed captions, one per channel. The first is in the language of the main audio, or of
 * the video; broadcasters use the others for another language, and do not say which.
 */
export function planCaptions<Channel extends { name: string; language: string }>(
  { videos, audios }: SourceProbe,
  channels: Channel[],
): (TextTrack & { channel: Channel })[] {
  const main = planAudios(audios).find(({ role }) => role === 'main');
  const languages = [main?.language, ...videos.map((video) => video.language)];
  const spoken = languages.find((language) => language !== undefined && language !== 'und') ?? 'und';
  const taken = new Set<string>();
  return channels.map((channel, i) => {
    const language = channel.language === 'und' && i === 0 ? spoken : channel.language;
    const label =
      language === 'und' ? `Captions${i === 0 ? '' : ` ${i + 1}`}` : `${languageName(language)} (CC)`;
    const file = freeFile(`text-${language}-${channel.name.toLowerCase().replace('_', '-')}`, taken);
    return { file, language, label, role: 'caption', channel };
  });
}

/** Many files state the purpose of a track only in its title. */
function roleOf({ role, title }: TextStream): TextRole {
  if (role) return role;
  if (/\bforced\b/i.test(title ?? '')) return 'forced-subtitle';
  return namesCaptions.test(title ?? '') ? 'caption' : 'subtitle';
}

const namesCaptions = /\b(sdh|cc|captions?|hearing)\b/i;

/** The label of a text track: its title, else its language, and its purpose unless the title names it. */
export function textLabel(title: string | null, language: string, role: TextRole): string {
  const name = title || languageName(language) || 'Subtitles';
  if (role === 'caption' && !namesCaptions.test(name)) return `${name} (captions)`;
  if (role === 'forced-subtitle' && !/\bforced\b/i.test(name)) return `${name} (forced)`;
  return name;
}

/** Two streams of one language are `text-en.vtt` and `text-en-2.vtt`. */
function freeFile(wanted: string, taken: Set<string>): string {
  let file = `${wanted}.vtt`;
  for (let number = 2; taken.has(file); number += 1) file = `${wanted}-${number}.vtt`;
  taken.add(file);
  return file;
}

function notCarried({ codec, language }: TextStream): TextNotCarried {
  const name = languageName(language);
  const format = imageFormats[codec];
  const subtitles = format ? 'image subtitles' : 'subtitles';
  const which = name ? `${name} ${subtitles}` : `${subtitles.charAt(0).toUpperCase()}${subtitles.slice(1)}`;
  const why = format ? 'they are images, not text' : 'their format cannot be converted to text';
  return {
    codec,
    language,
    reason: `${which} (${format ?? otherFormats[codec] ?? codec}) are not carried: ${why}.`,
  };
}
