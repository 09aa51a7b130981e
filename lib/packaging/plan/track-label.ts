const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** The name of a language for a person, such as `Brazilian Portuguese`; empty when it is not known. */
export function languageName(language: string): string {
  return language === 'und' ? '' : (languageNames.of(language) ?? language);
}

/**
 * The label of an audio track: its title in the source, else its language, and its channels where there are
 * more than two, such as `English – 5.1`.
 */
export function audioLabel(title: string | null, language: string, channels: number, number: number): string {
  const name = title || languageName(language) || `Audio ${number}`;
  const layout = channelLayouts[channels];
  return layout && !name.includes(layout) ? `${name} – ${layout}` : name;
}

const channelLayouts: Record<number, string> = { 6: '5.1', 8: '7.1' };

interface Labeled {
  label: string;
  /** BCP-47; `und` when unknown. */
  language: string;
}

/**
 * The tracks with unique labels, as HLS requires (RFC 8216, 4.3.4.1.1): a taken label gets its language, or
 * else a number. `takenLabels` are those of existing tracks.
 */
export function withUniqueLabels<Track extends Labeled>(
  tracks: Track[],
  takenLabels: string[] = [],
): Track[] {
  const taken = new Set(takenLabels);
  return tracks.map((track) => {
    const label = freeLabel(track, taken);
    taken.add(label);
    return { ...track, label };
  });
}

function freeLabel({ label, language }: Labeled, taken: Set<string>): string {
  const name = languageName(language);
  const wanted = taken.has(label) && name && !label.includes(name) ? `${label} – ${name}` : label;
  let free = wanted;
  for (let number = 2; taken.has(free); number += 1) free = `${wanted} ${number}`;
  return free;
}
