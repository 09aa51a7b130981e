/** What is known of an audio track of a version. */
export interface AudioTrack {
  name: string;
  /** BCP-47; `und` when unknown. */
  language: string;
  /** As DASH roles name it. */
  role: string | null;
}

/** The track that plays where the viewer has said nothing: the first that is `main`, else the first that is there. */
export function firstAudio<Audio extends AudioTrack>(audios: Audio[]): Audio | undefined {
  return audios.find(({ role }) => role === 'main') ?? audios[0];
}

/**
 * The tracks that players may choose by themselves, by language: HLS wants no two of them to be alike (RFC 8216bis,
 * 4.4.6.1: AUTOSELECT). A commentary is never chosen unless asked for.
 */
export function selectableAudios<Audio extends AudioTrack>(audios: Audio[]): Set<Audio> {
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
