import { stemOf } from '@/lib/http/upload-name';

const maxTitleCharacters = 200;
export const maxDescriptionCharacters = 5000;

/** Characters that change the direction of the text after them, beyond the text that has them. */
const directions = /[\u202a-\u202e\u2066-\u2069]/g;

/** A title fit to be shown: one line without control characters, of at most 200 characters. */
export const cleanTitle = (text: string): string =>
  Array.from(oneLine(text)).slice(0, maxTitleCharacters).join('').trim();

/** The title of a new video: the file name without its extension. */
export const firstTitle = (name: string): string => cleanTitle(stemOf(name)) || 'video';

/** Whether a title has 1 to 200 characters. */
export function isTitle(text: string): boolean {
  const { length } = Array.from(oneLine(text));
  return length >= 1 && length <= maxTitleCharacters;
}

const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(directions, '')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();

/** A description fit to be shown: lines without control characters. */
export const cleanDescription = (text: string): string =>
  text
    .toWellFormed()
    .replace(directions, '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .trim();

/** Whether a description has at most 5000 characters. */
export const isDescription = (text: string): boolean =>
  Array.from(cleanDescription(text)).length <= maxDescriptionCharacters;
