/** Encodings by chardet's names, for each script (ISO 15924) with encodings of its own. */
const ofScript: Record<string, string[]> = {
  Latn: ['windows-1252', 'ISO-8859-1'],
  Cyrl: ['windows-1251', 'KOI8-R', 'ISO-8859-5'],
  Grek: ['windows-1253', 'ISO-8859-7'],
  Arab: ['windows-1256', 'ISO-8859-6'],
  Hebr: ['windows-1255', 'ISO-8859-8'],
  Thai: ['windows-874'],
  Jpan: ['Shift_JIS', 'EUC-JP', 'ISO-2022-JP'],
  Kore: ['EUC-KR'],
  Hans: ['GB18030', 'Big5'],
  Hant: ['Big5', 'GB18030'],
};

const centralEuropean = ['windows-1250', 'ISO-8859-2'];
const turkish = ['windows-1254', 'ISO-8859-9'];
const baltic = ['windows-1257'];

/** Languages in Latin script that need letters beyond those of Western Europe. */
// biome-ignore format: a table
const ofLanguage: Record<string, string[]> = {
  cs: centralEuropean, sk: centralEuropean, pl: centralEuropean, hu: centralEuropean, hr: centralEuropean,
  sl: centralEuropean, bs: centralEuropean, sr: centralEuropean, ro: centralEuropean, sq: centralEuropean,
  tr: turkish, az: turkish, lt: baltic, lv: baltic, et: baltic, vi: ['windows-1258'],
};

/** The encodings that text in a language may have, the usual one first; empty when none are known. */
export function encodingsFor(language: string): string[] {
  if (language === 'und') return [];
  const { language: plain, script } = new Intl.Locale(language).maximize();
  return (script === 'Latn' && ofLanguage[plain ?? '']) || (ofScript[script ?? ''] ?? []);
}

/**
 * The WHATWG labels for encodings that chardet names. Chardet names the ISO relative of a Windows encoding
 * when none of the characters that distinguish them occurs.
 */
const relatives: Record<string, string[]> = {
  'ISO-8859-1': ['windows-1252', 'iso-8859-15'],
  'ISO-8859-7': ['windows-1253', 'iso-8859-7'],
  'ISO-8859-8': ['windows-1255', 'iso-8859-8'],
  'ISO-8859-9': ['windows-1254'],
  'KOI8-R': ['koi8-u'],
};

export function labelsOf(name: string): string[] {
  return relatives[name] ?? (isDecodable(name) ? [name.toLowerCase()] : []);
}

function isDecodable(label: string): boolean {
  try {
    return new TextDecoder(label) !== null;
  } catch {
    return false; // chardet knows encodings that the standard leaves out
  }
}
