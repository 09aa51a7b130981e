import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { ArtifactStore } from '@/lib/storage/artifact-store';
import { localStore } from '@/lib/storage/local-store';
import { filesBelow, tempFolder } from '@/tests/support/temp-folder';

/** A store, and a folder of local files beside it, on the same file system. */
function open() {
  const folder = tempFolder();
  const local = path.join(folder, 'local');
  mkdirSync(local);
  const write = (name: string, content: string) => {
    const file = path.join(local, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  return {
    folder,
    local,
    root: path.join(folder, 'root'),
    store: localStore(path.join(folder, 'root')),
    write,
  };
}

const contentOf = async (store: ArtifactStore, key: string) => {
  const file = await store.open(key);
  return file && text(file.read(0, file.sizeBytes - 1));
};

describe('a folder of the store', () => {
  it('lists its entries, and when each was stored', async () => {
    const { store, write } = open();
    const old = write('a', 'x');
    utimesSync(old, new Date(0), new Date(0));
    const before = Date.now() - 2000; // file systems round
    await store.putFile(old, 'packages/m/a.mp4');
    await store.putFile(write('b', 'x'), 'packages/m/v1/b.mp4');
    const entries = (await store.list('packages/m')).toSorted((a, b) => a.name.localeCompare(b.name));
    expect(entries.map(({ name, isFolder }) => [name, isFolder])).toEqual([
      ['a.mp4', false],
      ['v1', true],
    ]);
    for (const { storedAt } of entries) expect(storedAt.getTime()).toBeGreaterThan(before);
  });

  it('that does not exist, or is a file, holds nothing', async () => {
    const { store, write } = open();
    await store.putFile(write('a', 'x'), 'uploads/a.mp4');
    expect(await store.list('packages')).toEqual([]);
    expect(await store.list('uploads/a.mp4')).toEqual([]);
  });

  it('knows when an entry was stored, and null for a missing one', async () => {
    const { store, write } = open();
    await store.putFile(write('a', 'x'), 'uploads/a.mp4');
    const [entry] = await store.list('uploads');
    expect(await store.storedAt('uploads/a.mp4')).toEqual(entry?.storedAt);
    expect(await store.storedAt('uploads')).toBeInstanceOf(Date);
    expect(await store.storedAt('uploads/b.mp4')).toBeNull();
    expect(await store.storedAt('uploads/a.mp4/b')).toBeNull();
  });
});

describe('a file that is put', () => {
  it('is moved, whole', async () => {
    const { store, write, local } = open();
    await store.putFile(write('a', '0123456789'), 'uploads/a.mp4');
    expect(await contentOf(store, 'uploads/a.mp4')).toBe('0123456789');
    expect(await filesBelow(local)).toEqual([]);
  });

  it('has its size and the time when it was made', async () => {
    const { store, write } = open();
    await store.putFile(write('a', '0123456789'), 'a');
    const file = await store.open('a');
    expect(file?.sizeBytes).toBe(10);
    expect(Math.abs(Date.now() - (file?.modifiedAt.getTime() ?? 0))).toBeLessThan(60_000);
  });

  it.each([
    [0, 9, '0123456789'],
    [0, 0, '0'],
    [3, 5, '345'],
    [9, 9, '9'],
    [5, 100, '56789'],
  ])('is read from byte %i to %i', async (start, end, expected) => {
    const { store, write } = open();
    await store.putFile(write('a', '0123456789'), 'a');
    const file = await store.open('a');
    expect(file && (await text(file.read(start, end)))).toBe(expected);
  });

  it('replaces an existing file', async () => {
    const { store, write } = open();
    await store.putFile(write('a', 'old'), 'a');
    await store.putFile(write('b', 'new'), 'a');
    expect(await contentOf(store, 'a')).toBe('new');
  });

  it('is also a local file for tools', async () => {
    const { store, write, root } = open();
    await store.putFile(write('a', 'x'), 'uploads/a.mp4');
    expect(await store.localFile('uploads/a.mp4')).toBe(path.join(root, 'uploads', 'a.mp4'));
  });

  it('must exist', async () => {
    const { store, local, folder } = open();
    await expect(store.putFile(path.join(local, 'none'), 'a')).rejects.toThrow('ENOENT');
    expect(await filesBelow(folder)).toEqual([]);
  });
});

describe('a folder that is put', () => {
  it('is moved, whole', async () => {
    const { store, write, local, root } = open();
    write('v1/manifest.mpd', 'mpd');
    write('v1/video.mp4', 'mp4');
    await store.putFolder(path.join(local, 'v1'), 'packages/ab/v1');
    expect(await filesBelow(root)).toEqual(['packages/ab/v1/manifest.mpd', 'packages/ab/v1/video.mp4']);
    expect(existsSync(path.join(local, 'v1'))).toBe(false);
  });

  it('replaces an existing folder: nothing of the old one is left', async () => {
    const { store, write, local, root } = open();
    write('old/a', 'old');
    write('old/b', 'old');
    write('new/b', 'new');
    await store.putFolder(path.join(local, 'old'), 'p/v1');
    await store.putFolder(path.join(local, 'new'), 'p/v1');
    expect(await filesBelow(root)).toEqual(['p/v1/b']);
    expect(await contentOf(store, 'p/v1/b')).toBe('new');
  });

  it('leaves the old folder where it is when the new one does not exist', async () => {
    const { store, write, local } = open();
    write('old/a', 'old');
    await store.putFolder(path.join(local, 'old'), 'p/v1');
    await expect(store.putFolder(path.join(local, 'none'), 'p/v1')).rejects.toThrow('ENOENT');
    expect(await contentOf(store, 'p/v1/a')).toBe('old');
  });

  it('is not a file', async () => {
    const { store, write, local } = open();
    write('v1/a', 'x');
    await store.putFolder(path.join(local, 'v1'), 'p/v1');
    expect(await store.open('p/v1')).toBeNull();
    expect(await store.localFile('p/v1')).toBeNull();
  });
});

describe('a removed entry', () => {
  it('is gone, and nothing else', async () => {
    const { store, write, root } = open();
    for (const key of ['p/v1/a', 'p/v2/a', 'q/v1/a']) await store.putFile(write('x', key), key);
    await store.remove('p/v1');
    expect(await filesBelow(root)).toEqual(['p/v2/a', 'q/v1/a']);
    await store.remove('p/v2/a');
    expect(await filesBelow(root)).toEqual(['q/v1/a']);
  });

  it('need not exist', async () => {
    await expect(open().store.remove('uploads/none.mp4')).resolves.toBeUndefined();
  });
});

describe('a missing file', () => {
  it.each(['none', 'a/none', 'a/b/none', 'file/below', 'x'.repeat(300)])('is null: %s', async (key) => {
    const { store, write } = open();
    await store.putFile(write('a', 'x'), 'file');
    expect(await store.open(key)).toBeNull();
    expect(await store.localFile(key)).toBeNull();
  });
});

// biome-ignore format: a table
const badKeys = [
  '', '/', '.', '..', '../local/secret', 'a/../../local/secret', 'a/..', './a', '/etc/passwd', 'a//b', 'a/', '/a', 'a\\..\\b', 'a\u0000b',
  '.hidden', 'a/.hidden', 'a b', '~', '%2e%2e/secret', 'a:b', 'ä',
];

describe.each(badKeys)('the key %j', (key) => {
  it('is refused by every method, and nothing is touched', async () => {
    const { store, write, folder, local } = open();
    write('secret', 'secret');
    write('v1/a', 'x');
    const before = await filesBelow(folder);
    const methods = [
      async () => store.open(key),
      async () => store.localFile(key),
      async () => store.remove(key),
      async () => store.putFile(path.join(local, 'secret'), key),
      async () => store.putFolder(path.join(local, 'v1'), key),
    ];
    for (const method of methods) await expect(method()).rejects.toMatchObject({ code: 'media-not-found' });
    expect(await filesBelow(folder)).toEqual(before);
  });
});

describe('a link', () => {
  /** A store with a version in it, and a secret beside it. */
  async function withSecret() {
    const opened = open();
    const secret = opened.write('secret', 'secret');
    opened.write('v1/a', 'x');
    await opened.store.putFolder(path.join(opened.local, 'v1'), 'p/v1');
    return { ...opened, secret, at: (key: string) => path.join(opened.root, key) };
  }

  it.each<[string, (at: (key: string) => string, local: string) => void, string]>([
    ['in place of a file', (at, local) => symlinkSync(path.join(local, 'secret'), at('p/v1/b')), 'p/v1/b'],
    ['in place of a folder', (at, local) => symlinkSync(local, at('p/v2')), 'p/v2/secret'],
    ['to another package', (at) => symlinkSync(at('p'), at('q')), 'q/v1/a'],
    ['to itself', (at) => symlinkSync(at('p/v1/b'), at('p/v1/b')), 'p/v1/b'],
    ['to nothing', (at) => symlinkSync('none', at('p/v1/b')), 'p/v1/b'],
  ])('%s is not followed', async (_, link, key) => {
    const { store, at, local } = await withSecret();
    link(at, local);
    expect(await store.open(key)).toBeNull();
    expect(await store.localFile(key)).toBeNull();
    expect(await store.list(path.posix.dirname(key))).not.toContainEqual(
      expect.objectContaining({ name: 'secret' }),
    );
  });

  it('that takes a file’s place after it was found is not read', async () => {
    const { store, at, secret } = await withSecret();
    const file = await store.open('p/v1/a');
    rmSync(at('p/v1/a'));
    symlinkSync(secret, at('p/v1/a'));
    await expect(file?.open()).rejects.toMatchObject({ code: 'ELOOP' });
    await expect(file && text(file.read(0, 0))).rejects.toMatchObject({ code: 'ELOOP' });
  });

  it('is not put, alone or in a folder, nor is anything other than a file', async () => {
    const { store, write, local, secret, root } = await withSecret();
    write('v2/a', 'x');
    symlinkSync(secret, path.join(local, 'v2/link'));
    symlinkSync(path.join(local, 'v1'), path.join(local, 'v3'));
    mkdirSync(path.join(local, 'v4/folder'), { recursive: true });
    execFileSync('mkfifo', [path.join(local, 'fifo')]);
    const before = await filesBelow(root);
    await expect(store.putFolder(path.join(local, 'v2'), 'p/v2')).rejects.toMatchObject({ code: 'ELOOP' });
    await expect(store.putFolder(path.join(local, 'v3'), 'p/v3')).rejects.toThrow();
    await expect(store.putFolder(path.join(local, 'v4'), 'p/v4')).rejects.toMatchObject({ code: 'ELOOP' });
    await expect(store.putFile(path.join(local, 'v2/link'), 'b')).rejects.toMatchObject({ code: 'ELOOP' });
    await expect(store.putFile(path.join(local, 'fifo'), 'b')).rejects.toMatchObject({ code: 'ELOOP' });
    expect(await filesBelow(root)).toEqual(before);
  });

  it('is not followed where files are put or removed', async () => {
    const { store, write, at, local } = await withSecret();
    symlinkSync(local, at('q'));
    await expect(store.putFile(write('b', 'x'), 'q/b')).rejects.toMatchObject({ code: 'ELOOP' });
    await store.remove('q/secret');
    await store.remove('q');
    expect(existsSync(at('q'))).toBe(false);
    expect(await filesBelow(local)).toEqual(['b', 'secret']);
  });

  it('to the root is the operator’s choice', async () => {
    const { root, folder } = await withSecret();
    symlinkSync(root, path.join(folder, 'elsewhere'));
    const store = localStore(path.join(folder, 'elsewhere'));
    expect(await contentOf(store, 'p/v1/a')).toBe('x');
  });
});

describe('a stored file', () => {
  const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

  it.each([
    [false, 'packages', '600', '700'],
    [true, 'packages', '640', '750'],
    [true, 'posters', '640', '750'],
    [true, 'uploads', '600', '700'],
  ])('is readable by the group: %s, in %s', async (isShared, folder, file, folders) => {
    const { root, write, local } = open();
    const store = localStore(root, { isShared });
    const umask = process.umask(0o077);
    try {
      chmodSync(write('v1/a', 'x'), 0o666);
      await store.putFolder(path.join(local, 'v1'), `${folder}/m/v1`);
      await store.putFile(write('b', 'x'), `${folder}/b`);
    } finally {
      process.umask(umask);
    }
    const places = ['m', 'm/v1', 'm/v1/a', 'b'].map((name) => modeOf(path.join(root, folder, name)));
    expect(places).toEqual([folders, folders, file, file]);
  });
});
