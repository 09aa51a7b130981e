import { AppError } from '@/lib/base/errors';

/** RFC 5646, 4.4.1: no language in use has a longer tag. */
const maxCharacters = 35;

/**
 * Reads the language of a track from a request: BCP-47, returned in its canonical form (`pt-BR`).
 * @throws AppError `language-invalid`
 */
export function parseLanguage(text: string | undefined): string {
  const tag = text?.trim() ?? '';
  const [language] = tag.length <= maxCharacters ? canonical(tag) : [];
  if (language) return language;
  const what =
    tag === '' ? 'The language is missing' : `"${tag.slice(0, maxCharacters)}" is not a language tag`;
  throw new AppError('language-invalid', `${what}. Give a BCP-47 tag, such as en, pt-BR or zh-Hant.`, {
    field: 'language',
  });
}

function canonical(tag: string): string[] {
  try {
    return tag === '' ? [] : Intl.getCanonicalLocales(tag);
  } catch {
    return []; // Intl throws when a tag is not well-formed
  }
}
