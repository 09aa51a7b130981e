/**
 * A BCP-47 language from a container's tag. Containers carry ISO 639-2 (`eng`, `ger`), which BCP-47 writes with two
 * letters where there are any (RFC 5646, 2.2.1); Intl knows the mapping.
 */
export function toLanguage(tag: string | undefined): string {
  const text = tag?.trim().replaceAll('_', '-') ?? '';
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(text)) return 'und';
  try {
    return Intl.getCanonicalLocales(bibliographic[text.toLowerCase()] ?? text)[0] ?? 'und';
  } catch {
    return 'und';
  }
}

/** ISO 639-2 has two codes for some languages; Intl knows the terminological one only. */
// biome-ignore format: a table
const bibliographic: Record<string, string> = {
  alb: 'sq', arm: 'hy', baq: 'eu', bur: 'my', chi: 'zh', cze: 'cs', dut: 'nl', fre: 'fr', geo: 'ka', ger: 'de',
  gre: 'el', ice: 'is', mac: 'mk', mao: 'mi', may: 'ms', per: 'fa', rum: 'ro', slo: 'sk', tib: 'bo', wel: 'cy',
};
