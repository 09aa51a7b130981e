import { AppError } from '@/lib/base/errors';

const maxCharacters = 255;

/**
 * Control characters, and those that change the direction of the text after them, which could disguise the
 * extension.
 */
const notShown = /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A client's file name, fit to be shown and offered at download: no folders, no control characters, at most
 * 255 characters with the extension kept.
 */
export function cleanFileName(name: string): string {
  const base = (name.split(/[/\\]/).at(-1) ?? '').replace(notShown, '').trim();
  const characters = [...base];
  if (characters.length <= maxCharacters) return base;
  const extension = /\.[a-z0-9]{1,10}$/i.exec(base)?.[0] ?? '';
  return [...characters.slice(0, maxCharacters - extension.length), extension].join('');
}

/** The extension in lower case, without its dot; empty when there is none. */
export function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** The name without its extension. */
export function stemOf(name: string): string {
  const extension = extensionOf(name);
  return (extension ? name.slice(0, -extension.length - 1) : name) || 'video';
}

/** @throws AppError `extension-not-allowed`, naming the allowed ones */
export function checkExtension(name: string, allowed: readonly string[]): void {
  const extension = extensionOf(cleanFileName(name));
  if (allowed.includes(extension)) return;
  const got = extension ? `".${extension}"` : 'a name without extension';
  throw new AppError(
    'extension-not-allowed',
    `Files with ${got} are not accepted; allowed are .${allowed.join(', .')}.`,
    { field: 'file' },
  );
}
