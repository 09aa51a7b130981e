import type { Scheme } from '@/lib/media/scheme';

/** RFC 8216bis, 4.4.4.4: whole samples under AES-CTR, or the pattern of `cbcs`. */
const methods: Record<Scheme, string> = { cenc: 'SAMPLE-AES-CTR', cbcs: 'SAMPLE-AES' };

/**
 * Replaces the packager's `#EXT-X-KEY` lines, which would have players fetch a raw key, by one that names Clear Key and
 * the KID, so that players ask for a license by EME. What they ask with is the PSSH box of the track itself; hls.js takes
 * the first 16 bytes of a data URI for the KID, whatever `KEYID` says, so the URI holds the KID and nothing else.
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

/** Puts what a viewer picks tracks by in the place of the tracks' names. */
export function finishMasterPlaylist(playlist: string, labels: Map<string, string>): string {
  return playlist.replace(/NAME="([^"]*)"/g, (whole, name: string) => {
    const label = labels.get(name);
    // A quoted string of HLS can hold neither quotes nor line ends (RFC 8216bis, 4.2).
    return label === undefined ? whole : `NAME="${label.replace(/["\r\n]/g, "'")}"`;
  });
}
