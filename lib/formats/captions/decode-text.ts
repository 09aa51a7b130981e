import { analyse } from 'chardet';
import { AppError } from '@/lib/errors';
import { encodingsFor, labelsOf } from './encodings';

/** In a long file, a sample of this size is enough. */
const sampleBytes = 64 * 1024;
/** UTF-16 has at least this share of zero bytes: its times, tags and line ends are ASCII. */
const leastZeros = 0.05;
/**
 * An encoding that is unusual for the language is chosen only when its chardet confidence (0 to 100) is
 * higher by this much.
 */
const outshines = 40;

/** Partly damaged UTF-8 has at least this many valid letters beyond ASCII for each bad byte. */
const goodForEachBad = 10;

/**
 * Decodes a text file in any encoding (WHATWG Encoding). Without a byte-order mark and when it is not UTF-8,
 * the encoding is guessed from its bytes, among those used for its language (BCP-47; `und` when unknown).
 * Damaged bytes of UTF-8 are refused, or left out.
 * @throws AppError `text-encoding-unknown` when no encoding makes text of it
 */
export function decodeText(
  bytes: Uint8Array,
  language: string,
  damage: 'refused' | 'left out' = 'refused',
): string {
  const unicode = unicodeLabel(bytes);
  const text = decodeAs(unicode ?? 'utf-8', bytes) ?? (unicode ? null : decodeOther(bytes, language, damage));
  if (text !== null) return text.normalize('NFC');
  throw new AppError(
    'text-encoding-unknown',
    'The encoding of the text is not recognized, or the text is damaged. Save it as UTF-8 and try again.',
    { field: 'file' },
  );
}

function decodeOther(bytes: Uint8Array, language: string, damage: 'refused' | 'left out'): string | null {
  const lenient = new TextDecoder().decode(bytes);
  const bad = countOf(lenient, /\ufffd/gu);
  const good = countOf(lenient, /\P{ASCII}/gu) - bad;
  if (good > 0 && good >= goodForEachBad * bad)
    return damage === 'left out' ? lenient.replaceAll('\ufffd', '') : null;
  let first: string | null = null;
  for (const label of new Set(guessedLabels(bytes, language))) {
    const text = decodeAs(label, bytes);
    if (text === null || c1Controls.test(text)) continue;
    if (!misplacedSymbols.test(text)) return text;
    first ??= text;
  }
  return first;
}

const countOf = (text: string, pattern: RegExp) => text.length - text.replaceAll(pattern, '').length;

/**
 * Detects UTF-16 by its byte-order mark, or by the zero bytes in its digits and line ends; UTF-8 by its mark.
 */
function unicodeLabel(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, sampleBytes);
  const zerosAt = (remainder: number) => sample.filter((byte, i) => byte === 0 && i % 2 === remainder).length;
  const [high, low] = [zerosAt(0), zerosAt(1)];
  if (Math.max(high, low) <= sample.length * leastZeros) return null;
  return low > high ? 'utf-16le' : 'utf-16be';
}

/** Labels for TextDecoder, the likeliest first. */
function guessedLabels(bytes: Uint8Array, language: string): string[] {
  const guesses = analyse(sampleOf(bytes));
  const ofLanguage = encodingsFor(language);
  const likely = guesses.filter(({ name }) => ofLanguage.includes(name));
  const [top] = guesses;
  const isOther = top !== undefined && top.confidence >= (likely[0]?.confidence ?? 0) + outshines;
  const ordered = [...(isOther ? [top] : []), ...likely].map(({ name }) => name);
  return [...ordered, ...ofLanguage, ...guesses.map(({ name }) => name)].flatMap(labelsOf);
}

/**
 * The lines with letters beyond ASCII, since only those distinguish encodings; all lines where there are
 * none.
 */
function sampleOf(bytes: Uint8Array): Buffer {
  const all = Buffer.from(bytes).toString('latin1');
  const distinctive = all.split('\n').filter((line) => /[\x80-\xff]/.test(line));
  return Buffer.from((distinctive.length > 0 ? distinctive.join('\n') : all).slice(0, sampleBytes), 'latin1');
}

/** Null when the bytes are not text in this encoding. */
function decodeAs(label: string, bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    return controls.test(text) ? null : text;
  } catch {
    return null; // the strict decoder throws
  }
}

/** Characters that occur in no text, in any encoding. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const controls = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

/** Characters that a text has only when it is decoded with a related encoding. */
const c1Controls = /[\u007f-\u009f]/;

/** Symbols that do not occur at the start of a word or within one: they are letters in a related encoding. */
const misplacedSymbols = /(?<=^|\s|\p{L})[¤¦¨´¸¼½¾¶º¹²³©®±]\p{L}/u;
