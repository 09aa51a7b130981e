/**
 * A BCP-47 language from a container's tag. Containers carry ISO 639-2 (`eng`, `ger`), which BCP-47 writes with two
 * letters where there are any (RFC 5646, 2.2.1); Intl knows the mapping.
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
