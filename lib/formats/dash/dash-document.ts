import { DOMParser, type Document, type Element } from '@xmldom/xmldom';
import { AppError } from '@/lib/errors';

/** Parses an MPD (ISO/IEC 23009-1, 5.3). @throws AppError `verify-failed` when it is not well-formed */
export function parseMpd(text: string): Document {
  try {
    return new DOMParser({
      onError: (level, message) => {
        if (level !== 'warning') throw new Error(message);
      },
    }).parseFromString(text, 'text/xml');
  } catch (cause) {
    throw new AppError('verify-failed', 'The DASH manifest is not well-formed XML.', { cause });
  }
}

/** The elements of a name below an element or document, in document order. */
export function elementsOf(parent: Document | Element, name: string): Element[] {
  return Array.from(parent.getElementsByTagName(name));
}
