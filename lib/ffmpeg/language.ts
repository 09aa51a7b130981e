import { iso6392 } from 'iso-639-2';

/**
 * A BCP-47 language from a container's tag. Containers carry ISO 639-2 (`eng`, `ger`), which BCP-47 writes
 * with two letters where there are any (RFC 5646, 2.2.1); Intl knows the mapping.
 */
export function toLanguage(tag: string | undefined): string {
  const text = tag?.trim().replaceAll('_', '-') ?? '';
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(text)) return 'und';
  try {
    return Intl.getCanonicalLocales(text)[0] ?? 'und';
  } catch {
    return 'und';
  }
}

const bibliographic = new Map(iso6392.map(({ iso6391, iso6392B }) => [iso6391, iso6392B]));

/**
 * The three-letter code with which a container names a BCP-47 language: that of ISO 639-2/B (`ger`), as in
 * files that FFmpeg writes; null where there is none.
 */
export function toContainerLanguage(language: string): string | null {
  const [primary = ''] = language.split('-');
  if (primary === 'und') return null;
  return bibliographic.get(primary) ?? (/^[a-z]{3}$/.test(primary) ? primary : null);
}
