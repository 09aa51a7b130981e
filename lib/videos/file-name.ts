import { AppError } from '@/lib/errors';

const maxCharacters = 255;

/**
 * A client's file name, fit to be shown and offered at download: no folders, no control characters, at most 255
 * characters with the extension kept.
 */
export function cleanFileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
  const base = (name.split(/[/\\]/).at(-1) ?? '').replace(/[\u0000-\u001f\u007f-\u009f]/g, '').trim();
  const characters = [...base];
  if (characters.length <= maxCharacters) return base;
  const extension = [...`.${extensionOf(base)}`];
  return [...characters.slice(0, maxCharacters - extension.length), ...extension].join('');
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

/**
 * @throws AppError `extension-not-allowed`, naming those that are
 */
export function checkExtension(name: string, allowed: readonly string[]): void {
  const extension = extensionOf(cleanFileName(name));
  if (allowed.includes(extension)) return;
  const got = extension ? `".${extension}"` : 'a name without extension';
  throw new AppError(
    'extension-not-allowed',
    `Files with ${got} are not taken here; allowed are .${allowed.join(', .')}.`,
    { field: 'file' },
  );
}
