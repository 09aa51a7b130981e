import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/base/errors';
import { type RequestedFiles, withOutbox } from '@/lib/processes/outbox';
import { filesBelow, tempFolder } from '@/tests/harness/temp-folder';

/** A folder to take files, and a secret elsewhere. */
function open() {
  const folder = tempFolder();
  const into = path.join(folder, 'tracks');
  mkdirSync(into);
  const secret = path.join(folder, 'secret');
  writeFileSync(secret, 'secret', { mode: 0o600 });
  return { folder, into, secret };
}

const write = (folder: string, ...names: string[]) => {
  for (const name of names) writeFileSync(path.join(folder, name), name);
};

describe('files that a tool makes', () => {
  it('are moved under the requested names, readable by their owner only', async () => {
    const { into, folder } = open();
    const requested = { into, names: ['a.mp4', 'not-made.mp4'], numbered: /^sheet-\d+\.jpg$/ };
    const result = await withOutbox(requested, async ({ folder: outbox }) => {
      write(outbox, 'a.mp4', 'sheet-1.jpg', 'sheet-12.jpg');
      chmodSync(path.join(outbox, 'a.mp4'), 0o666);
      return 'done';
    });
    expect(result).toBe('done');
    expect(await filesBelow(folder)).toEqual([
      'secret',
      'tracks/a.mp4',
      'tracks/sheet-1.jpg',
      'tracks/sheet-12.jpg',
    ]);
    expect(statSync(path.join(into, 'a.mp4')).mode & 0o777).toBe(0o600);
    expect(readFileSync(path.join(into, 'a.mp4'), 'utf8')).toBe('a.mp4');
  });

  it('replace older ones, and a link there is not followed', async () => {
    const { into, secret } = open();
    symlinkSync(secret, path.join(into, 'a'));
    await withOutbox({ into, names: ['a'] }, async ({ folder }) => write(folder, 'a'));
    expect(readFileSync(path.join(into, 'a'), 'utf8')).toBe('a');
    expect(readFileSync(secret, 'utf8')).toBe('secret');
  });

  it.each([
    [true, ['a']],
    [false, []],
  ])('of a failed run are kept on request: %s', async (keepsPart, taken) => {
    const { into, folder } = open();
    const failed = new AppError('tool-failed', 'It failed.');
    const run = withOutbox({ into, names: ['a'], keepsPart }, async ({ folder }) => {
      write(folder, 'a');
      throw failed;
    });
    await expect(run).rejects.toBe(failed);
    expect(readdirSync(into)).toEqual(taken);
    expect(readdirSync(folder).sort()).toEqual(['secret', 'tracks']);
  });
});

type Attack = (outbox: string, secret: string) => void;
const inPlaceOf = (name: string, make: (file: string, secret: string) => void): Attack => {
  return (outbox, secret) => make(path.join(outbox, name), secret);
};

describe.each<[string, Attack]>([
  ['a link to a file', inPlaceOf('a', (file, secret) => symlinkSync(secret, file))],
  ['a link to a file beside it', inPlaceOf('a', (file) => symlinkSync('b', file))],
  ['a link to nothing', inPlaceOf('a', (file) => symlinkSync('/nowhere', file))],
  ['a link to itself', inPlaceOf('a', (file) => symlinkSync('a', file))],
  ['a link to a folder', inPlaceOf('a', (file) => symlinkSync('/etc', file))],
  ['a link with a number', inPlaceOf('sheet-1.jpg', (file, secret) => symlinkSync(secret, file))],
  ['a hard link to another file', inPlaceOf('a', (file, secret) => linkSync(secret, file))],
  ['a FIFO', inPlaceOf('a', (file) => execFileSync('mkfifo', [file]))],
  ['a folder', inPlaceOf('a', (file) => mkdirSync(file))],
  ['a file that was not requested', inPlaceOf('extra', (file) => writeFileSync(file, 'x'))],
  ['a hidden file', inPlaceOf('.a', (file) => writeFileSync(file, 'x'))],
  ['a numbered name with another extension', inPlaceOf('sheet-1.jpg.js', (file) => writeFileSync(file, 'x'))],
  [
    'a folder without permissions',
    inPlaceOf('a', (file) => {
      mkdirSync(path.join(file, 'b'), { recursive: true });
      writeFileSync(path.join(file, 'b/c'), 'x');
      chmodSync(path.join(file, 'b'), 0);
      chmodSync(file, 0);
    }),
  ],
])('%s', (_, attack) => {
  it('is refused; its target is unchanged, and nothing is left', async () => {
    const { into, folder, secret } = open();
    const before = lstatSync(secret);
    const requested: RequestedFiles = { into, names: ['a', 'b'], numbered: /^sheet-\d+\.jpg$/ };
    const run = withOutbox(requested, async ({ folder: outbox }) => {
      write(outbox, 'b');
      attack(outbox, secret);
    });
    await expect(run).rejects.toMatchObject({ code: 'tool-output-refused' });
    expect(readdirSync(into).filter((name) => name !== 'b')).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['secret', 'tracks']);
    expect(readFileSync(secret, 'utf8')).toBe('secret');
    expect(lstatSync(secret)).toMatchObject({ ino: before.ino, mode: before.mode, nlink: 1 });
  });
});

it('a file that is replaced while it is moved is refused, whatever the timing', async () => {
  const { into, folder, secret } = open();
  let isOver = false;
  const taken: string[] = [];
  await withOutbox({ into: path.join(folder, 'other'), names: [] }, async ({ folder: aside }) => {
    let links = 0;
    const exchange = async (outbox: string) => {
      while (!isOver) {
        links += 1;
        const link = path.join(aside, `${links}`);
        symlinkSync(secret, link);
        try {
          renameSync(link, path.join(outbox, 'a'));
          writeFileSync(link, 'own');
          renameSync(link, path.join(outbox, 'a'));
        } catch {
          return;
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    for (let i = 0; i < 20; i += 1) {
      let exchanging: Promise<void> | undefined;
      isOver = false;
      await withOutbox({ into, names: ['a'] }, async ({ folder: outbox }) => {
        write(outbox, 'a');
        exchanging = exchange(outbox);
      }).catch(() => {});
      isOver = true;
      await exchanging;
      for (const name of readdirSync(into)) {
        expect(lstatSync(path.join(into, name)).isFile()).toBe(true);
        taken.push(readFileSync(path.join(into, name), 'utf8'));
      }
    }
    for (const name of readdirSync(aside)) renameSync(path.join(aside, name), path.join(folder, 'gone'));
  });
  expect(taken).not.toContain('secret');
}, 60_000);
