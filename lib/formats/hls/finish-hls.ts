import type { Scheme } from '@/lib/media/scheme';

/** RFC 8216bis, 4.4.4.4: whole samples under AES-CTR, or the pattern of `cbcs`. */
const methods: Record<Scheme, string> = { cenc: 'SAMPLE-AES-CTR', cbcs: 'SAMPLE-AES' };

/**
 * Replaces the packager's `#EXT-X-KEY` lines, which would make players fetch a raw key, with one that names
 * Clear Key and the KID, so that players request a license by EME. Their request uses the PSSH box of the
 * track itself; hls.js takes the first 16 bytes of a data URI for the KID, whatever `KEYID` says, so the URI
 * holds only the KID.
 */
export function finishMediaPlaylist(playlist: string, scheme: Scheme, kidHex: string): string {
  const kid = Buffer.from(kidHex, 'hex').toString('base64');
  const attributes = [
    `METHOD=${methods[scheme]}`,
    `URI="data:text/plain;base64,${kid}"`,
    `KEYID=0x${kidHex}`,
    'KEYFORMAT="org.w3.clearkey"',
    'KEYFORMATVERSIONS="1"',
  ];
  const keyLine = `#EXT-X-KEY:${attributes.join(',')}`;
  return playlist.replace(/(^#EXT-X-KEY:.*\n?)+/gm, `${keyLine}\n`);
}

/** What the packager does not write into a master playlist. */
export interface MasterDetails {
  /** The label that viewers see, by track name. */
  labels: Map<string, string>;
  audios: AudioTrack[];
}

/**
 * Adds to the master playlist the tracks' labels, the one default audio track, and the range of each video:
 * the packager writes VIDEO-RANGE only where the video has a transfer function; video without one is SDR.
 */
export function finishMasterPlaylist(playlist: string, { labels, audios }: MasterDetails): string {
  const first = firstAudio(audios);
  const selectable = selectableAudios(audios);
  const byName = new Map(audios.map((audio) => [audio.name, audio]));
  return playlist
    .split('\n')
    .map((line) => {
      if (/^#EXT-X-(I-FRAME-)?STREAM-INF:/.test(line)) return withVideoRange(line);
      const audio = byName.get(/^#EXT-X-MEDIA:TYPE=AUDIO,.*NAME="([^"]*)"/.exec(line)?.[1] ?? '');
      if (!audio) return line;
      return line
        .replace(/\bDEFAULT=\w+/, `DEFAULT=${yesOrNo(audio === first)}`)
        .replace(/\bAUTOSELECT=\w+/, `AUTOSELECT=${yesOrNo(selectable.has(audio))}`)
        .replace(/NAME="[^"]*"/, () => `NAME="${hlsString(labels.get(audio.name) ?? audio.name)}"`);
    })
    .join('\n');
}

const yesOrNo = (is: boolean) => (is ? 'YES' : 'NO');

/** A line without a resolution describes audio only. */
const withVideoRange = (line: string) =>
  /\bVIDEO-RANGE=/.test(line) ? line : line.replace(/\bRESOLUTION=\d+x\d+/, '$&,VIDEO-RANGE=SDR');

/** A quoted string of HLS can hold neither quotes nor line ends (RFC 8216bis, 4.2). */
const hlsString = (text: string) => text.replace(/["\r\n]/g, "'");

/** The properties of an audio track that selection depends on. */
export interface AudioTrack {
  name: string;
  /** BCP-47; `und` when unknown. */
  language: string;
  /** As DASH roles name it. */
  role: string | null;
}

/** The track that plays by default: the first with the role `main`, else the first. */
export function firstAudio<Audio extends AudioTrack>(audios: Audio[]): Audio | undefined {
  return audios.find(({ role }) => role === 'main') ?? audios[0];
}

/**
 * The tracks that players may select by themselves, by language: in HLS, no two of them may be alike (RFC
 * 8216bis, 4.4.6.1: AUTOSELECT). A commentary is never selected automatically.
 */
function selectableAudios<Audio extends AudioTrack>(audios: Audio[]): Set<Audio> {
  const first = firstAudio(audios);
  const ordered = first ? [first, ...audios.filter((audio) => audio !== first)] : [];
  const taken = new Set<string>();
  const selectable = ordered.filter(({ language, role }) => {
    const kind = `${language} ${role === 'description'}`;
    if (role === 'commentary' || taken.has(kind)) return false;
    taken.add(kind);
    return true;
  });
  return new Set(first ? [first, ...selectable] : []);
}
