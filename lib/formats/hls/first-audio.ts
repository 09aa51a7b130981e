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
