import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { localStore } from '@/lib/storage/local-store';
import { contentOf } from '@/tests/contract/artifact-store.contract';
import { filesBelow, tempFolder } from '@/tests/harness/temp-folder';

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

describe('local files on the same disk', () => {
  it('are moved into the store', async () => {
    const { store, write, local, root } = open();
    write('v1/manifest.mpd', 'mpd');
    write('v1/video.mp4', 'mp4');
    await store.commit(path.join(local, 'v1'), 'packages/ab/v1');
    await store.putFile(write('a', 'x'), 'uploads/a.mp4');
    expect(await filesBelow(root)).toEqual([
      'packages/ab/v1/manifest.mpd',
      'packages/ab/v1/video.mp4',
      'uploads/a.mp4',
    ]);
    expect(readdirSync(local)).toEqual([]);
  });

  it('that are checked out are links: they take no space', async () => {
    const { store, write, local, root } = open();
    write('v1/a', 'x');
    await store.commit(path.join(local, 'v1'), 'p/v1');
    await store.checkout('p/v1', local);
    await store.checkout('p/v1/a', local);
    const stored = statSync(path.join(root, 'p/v1/a'));
    expect(stored.nlink).toBe(3);
    for (const name of ['v1/a', 'a']) expect(statSync(path.join(local, name)).ino).toBe(stored.ino);
  });
});

const isOtherDisk = existsSync('/dev/shm') && statSync('/dev/shm').dev !== statSync(os.tmpdir()).dev;

describe.runIf(isOtherDisk)('local files on another disk', () => {
  function openFar() {
    const far = mkdtempSync('/dev/shm/cenclave-test-');
    onTestFinished(() => rmSync(far, { recursive: true, force: true }));
    mkdirSync(path.join(far, 'v1'));
    writeFileSync(path.join(far, 'v1/a'), 'x');
    return { ...open(), far };
  }

  it('are copied, and removed then', async () => {
    const { store, far, root } = openFar();
    await store.commit(path.join(far, 'v1'), 'p/v1');
    expect(await contentOf(store, 'p/v1/a')).toBe('x');
    expect(await filesBelow(root)).toEqual(['p/v1/a']);
    expect(readdirSync(far)).toEqual([]);
    expect(await store.checkout('p/v1', far)).toBe(path.join(far, 'v1'));
    expect(readFileSync(path.join(far, 'v1/a'), 'utf8')).toBe('x');
  });

  it('that cannot be stored leave no copy', async () => {
    const { store, write, far, root } = openFar();
    await store.putFile(write('b', 'x'), 'p/v1/b');
    await expect(store.commit(path.join(far, 'v1'), 'p/v1')).rejects.toThrow();
    expect(await filesBelow(root)).toEqual(['p/v1/b']);
    expect(readdirSync(far)).toEqual(['v1']);
  });
});

describe('a link', () => {
  /** A store with a version in it, and a secret beside it. */
  async function withSecret() {
    const opened = open();
    const secret = opened.write('secret', 'secret');
    opened.write('v1/a', 'x');
    await opened.store.commit(path.join(opened.local, 'v1'), 'p/v1');
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
    expect(await store.checkout(key, local)).toBeNull();
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

  it('is not followed where files are put or removed', async () => {
    const { store, write, at, local } = await withSecret();
    symlinkSync(local, at('q'));
    await expect(store.putFile(write('b', 'x'), 'q/b')).rejects.toMatchObject({ code: 'ELOOP' });
    await store.remove('q/secret');
    await store.remove('q');
    expect(existsSync(at('q'))).toBe(false);
    expect(await filesBelow(local)).toEqual(['b', 'secret']);
  });

  it('is not followed to see when a file was stored', async () => {
    const { store, at, local } = await withSecret();
    symlinkSync(local, at('q'));
    expect(await store.storedAt('q/secret')).toBeNull();
    expect(await store.storedAt('q')).toBeInstanceOf(Date);
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
      await store.commit(path.join(local, 'v1'), `${folder}/m/v1`);
      await store.putFile(write('b', 'x'), `${folder}/b`);
    } finally {
      process.umask(umask);
    }
    const places = ['m', 'm/v1', 'm/v1/a', 'b'].map((name) => modeOf(path.join(root, folder, name)));
    expect(places).toEqual([folders, folders, file, file]);
  });
});
