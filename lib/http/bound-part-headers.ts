import { Readable } from 'node:stream';
import type { PluginFunction } from 'formidable';
import { AppError } from '@/lib/base/errors';

/** A file name of 4096 characters, the longest of any system, and the rest of its headers. */
const maxPartHeaderBytes = 8 * 1024;
/** Twenty fields and the file. */
const maxParts = 21;

/** RFC 2046, 5.1.1. */
const maxBoundaryCharacters = 70;

/** What formidable's parser emits while it reads a form. */
interface ParserEvent {
  name: string;
  start?: number;
  end?: number;
}

/**
 * formidable keeps all headers of a part in memory, however many there are: too many of them end the form.
 */
export const boundPartHeaders: PluginFunction = (form) => {
  const parser: unknown = Reflect.get(form, '_parser');
  if (!(parser instanceof Readable)) throw new Error('formidable has no parser to listen to.');
  let parts = 0;
  let headerBytes = 0;
  const count = ({ name, start = 0, end = 0 }: ParserEvent) => {
    if (name === 'partBegin') {
      parts += 1;
      headerBytes = 0;
    } else if (name.startsWith('header')) {
      // Plus the colon or the line break that follows.
      headerBytes += end - start + 1;
    } else return;
    if (headerBytes <= maxPartHeaderBytes && parts <= maxParts) return;
    parser.off('data', count);
    form.emit('error', tooMuch(parts > maxParts ? 'parts' : 'headers'));
  };
  parser.prependListener('data', count);
};

const tooMuch = (what: 'parts' | 'headers') =>
  new AppError(
    'bad-multipart',
    what === 'parts'
      ? `The form has more than ${maxParts} parts.`
      : `The headers of a part of the form are over ${maxPartHeaderBytes / 1024} KiB.`,
  );

/** Whether a Content-Type has a boundary of valid length. */
export function hasBoundary(contentType: string): boolean {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const length = (quoted ?? plain ?? '').length;
  return length > 0 && length <= maxBoundaryCharacters;
}
