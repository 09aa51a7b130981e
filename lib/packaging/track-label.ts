const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** The name of a language for a person, such as `Brazilian Portuguese`; empty when it is not known. */
export function languageName(language: string): string {
  return language === 'und' ? '' : (languageNames.of(language) ?? language);
}

/**
 * What a viewer picks an audio track by: its title in the source, else its language, and its channels where they are
 * more than two, such as `English – 5.1`.
 */
export function audioLabel(title: string | null, language: string, channels: number, number: number): string {
  const name = title || languageName(language) || `Audio ${number}`;
  const layout = channelLayouts[channels];
  return layout && !name.includes(layout) ? `${name} – ${layout}` : name;
}

const channelLayouts: Record<number, string> = { 6: '5.1', 8: '7.1' };
