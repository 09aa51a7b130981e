import { describe, expect, it } from 'vitest';
import { checkExtension, cleanFileName, extensionOf, stemOf } from '@/lib/http/upload-name';

const family = '👩‍👩‍👧‍👦';

describe('a clean file name', () => {
  it.each([
    ['plain', 'movie.mp4', 'movie.mp4'],
    ['with spaces', 'my  movie.mp4', 'my  movie.mp4'],
    ['of a folder', '/home/me/movie.mp4', 'movie.mp4'],
    ['of a Windows folder', 'C:\\Users\\me\\movie.mp4', 'movie.mp4'],
    ['that leaves its folder', '../../etc/passwd.mp4', 'passwd.mp4'],
    ['that leaves its folder on Windows', '..\\..\\a.mp4', 'a.mp4'],
    ['with NUL', 'a\u0000.mp4', 'a.mp4'],
    ['with NUL before another extension', 'a.mp4\u0000.exe', 'a.mp4.exe'],
    ['with line ends', 'a\r\nSet-Cookie: x.mp4', 'aSet-Cookie: x.mp4'],
    ['with escape sequences', '\u001b[31ma\u007f\u009b.mp4', '[31ma.mp4'],
    ['with blanks around it', ' \t movie.mp4 \n', 'movie.mp4'],
    ['with an emoji', `${family}.mp4`, `${family}.mp4`],
    ['in Arabic', 'فيلم.mp4', 'فيلم.mp4'],
    ['in Japanese', '映画.mp4', '映画.mp4'],
    ['with combining marks', 'e\u0301.mp4', 'e\u0301.mp4'],
    ['with quotes and percents', `"a'%00;.mp4`, `"a'%00;.mp4`],
    ['a dotfile', '.mp4', '.mp4'],
    ['a folder only', 'folder/', ''],
    ['empty', '', ''],
  ])('%s', (_, name, expected) => {
    expect(cleanFileName(name)).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['4 KB', `${'x'.repeat(4092)}.mp4`, `${'x'.repeat(251)}.mp4`],
    ['a long extension', `${'x'.repeat(4096)}.abcdefghij`, `${'x'.repeat(244)}.abcdefghij`],
    ['capitals in the extension', `${'x'.repeat(300)}.MP4`, `${'x'.repeat(251)}.MP4`],
    ['4 KB of emoji', `${'😀'.repeat(1024)}.mkv`, `${'😀'.repeat(251)}.mkv`],
    ['exactly 255', `${'x'.repeat(251)}.mp4`, `${'x'.repeat(251)}.mp4`],
  ])('has at most 255 characters, its extension among them: %s', (_, name, expected) => {
    expect([...expected]).toHaveLength(255);
    expect(cleanFileName(name)).toBe(expected);
  });

  it('is the same when it is cleaned again', () => {
    for (const name of ['../a\u0000b.mp4', `${'😀'.repeat(1024)}.mkv`, ' x ']) {
      expect(cleanFileName(cleanFileName(name))).toBe(cleanFileName(name));
    }
  });

  it('has no new dot when it is cut', () => {
    expect(cleanFileName('x'.repeat(300))).toBe('x'.repeat(255));
  });

  // Unicode TR 36, 3.2: with U+202E, `movie\u202e4pm.exe` is shown as `movieexe.mp4`, on the page and in a
  // save dialog.
  it.each(['\u202a', '\u202b', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068'])(
    'holds no mark that reverses text: %j',
    (mark) => {
      expect(cleanFileName(`movie${mark}4pm.mp4`)).toBe('movie4pm.mp4');
    },
  );
});

describe('an extension', () => {
  it.each([
    ['movie.mp4', 'mp4'],
    ['movie.MP4', 'mp4'],
    ['movie.tar.gz', 'gz'],
    ['.mp4', 'mp4'],
    ['movie.m2ts', 'm2ts'],
    ['movie', ''],
    ['movie.', ''],
    ['movie.mp4 ', ''],
    ['movie.m-4', ''],
    ['movie.mp４', ''],
    ['movie.abcdefghijk', ''],
    ['a.mp4/b', ''],
    ['', ''],
  ])('of %j is %j', (name, extension) => {
    expect(extensionOf(name)).toBe(extension);
  });
});

describe('a name without its extension', () => {
  it.each([
    ['movie.mp4', 'movie'],
    ['movie.tar.gz', 'movie.tar'],
    ['movie', 'movie'],
    ['movie.', 'movie.'],
    ['.mp4', 'video'],
    ['', 'video'],
  ])('%j is %j', (name, stem) => {
    expect(stemOf(name)).toBe(stem);
  });
});

describe('the check of an extension', () => {
  const allowed = ['mp4', 'mkv'];

  it.each(['a.mp4', 'A.MKV', '../a.mp4', 'a.exe.mp4', '.mp4', ' a.mp4 '])('accepts %j', (name) => {
    expect(() => checkExtension(name, allowed)).not.toThrow();
  });

  it.each([
    ['a.exe', '".exe"'],
    ['a.mp4.exe', '".exe"'],
    ['a.mp4\u0000.exe', '".exe"'],
    ['a', 'a name without extension'],
    ['a.mp4/', 'a name without extension'],
    ['', 'a name without extension'],
    ['a.mp4.', 'a name without extension'],
  ])('refuses %j, naming what it got and what is allowed', (name, got) => {
    expect(() => checkExtension(name, allowed)).toThrow(
      expect.objectContaining({
        code: 'extension-not-allowed',
        field: 'file',
        message: `Files with ${got} are not accepted; allowed are .mp4, .mkv.`,
      }),
    );
  });
});
