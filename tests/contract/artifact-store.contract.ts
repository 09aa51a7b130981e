import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { ArtifactStore } from '@/lib/storage/artifact-store';
import { filesBelow, tempFolder } from '@/tests/harness/temp-folder';

/** Opens an empty store, which may keep its files in the folder. */
export type OpenStore = (folder: string) => ArtifactStore;

/** The content of a file in a store; null when there is none. */
export async function contentOf(store: ArtifactStore, key: string): Promise<string | null> {
  const file = await store.open(key);
  return file && text(file.read(0, file.sizeBytes - 1));
}

// biome-ignore format: a table
const badKeys = [
  '', '/', '.', '..', '../local/secret', 'a/../../local/secret', 'a/..', './a', '/etc/passwd', 'a//b', 'a/', '/a', 'a\\..\\b', 'a\u0000b',
  '.hidden', 'a/.hidden', 'a b', '~', '%2e%2e/secret', 'a:b', 'ä',
];

/** Describes what every adapter of the store does. */
export function describeArtifactStore(openStore: OpenStore): void {
  /** A store, a folder of local files beside it, and one to check out into. */
  function open() {
    const folder = tempFolder();
    const [local, into] = [path.join(folder, 'local'), path.join(folder, 'into')];
    mkdirSync(local);
    mkdirSync(into);
    const write = (name: string, content: string) => {
      const file = path.join(local, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    };
    const store = openStore(path.join(folder, 'root'));
    /** Commits a folder with these files. */
    const commit = (key: string, files: Record<string, string>) => {
      for (const [name, content] of Object.entries(files)) write(`${key}/${name}`, content);
      return store.commit(path.join(local, key), key);
    };
    const namesIn = async (key: string) => (await store.list(key)).map(({ name }) => name).sort();
    return { folder, local, into, store, write, commit, namesIn };
  }

  describe('a file that is put', () => {
    it('is stored whole, with its size and the time when it was made', async () => {
      const { store, write } = open();
      await store.putFile(write('a', '0123456789'), 'uploads/a.mp4');
      const file = await store.open('uploads/a.mp4');
      expect(file).toMatchObject({ key: 'uploads/a.mp4', sizeBytes: 10 });
      expect(Math.abs(Date.now() - (file?.modifiedAt.getTime() ?? 0))).toBeLessThan(60_000);
      expect(await contentOf(store, 'uploads/a.mp4')).toBe('0123456789');
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

    it('is read into buffers of any size, up to its end', async () => {
      const { store, write } = open();
      await store.putFile(write('a', '0123456789'), 'a');
      const file = await (await store.open('a'))?.open();
      const memory = Buffer.alloc(4);
      const read = [];
      for (const at of [0, 4, 8, 10, 99]) {
        const sizeBytes = (await file?.readInto(memory, at)) ?? -1;
        read.push(memory.subarray(0, sizeBytes).toString());
      }
      await file?.close();
      expect(read).toEqual(['0123', '4567', '89', '', '']);
    });

    it('may be empty', async () => {
      const { store, write, into } = open();
      await store.putFile(write('a', ''), 'a');
      expect((await store.open('a'))?.sizeBytes).toBe(0);
      expect(readFileSync((await store.checkout('a', into)) ?? '', 'utf8')).toBe('');
    });

    it('replaces an existing file; who reads that goes on', async () => {
      const { store, write } = open();
      await store.putFile(write('a', 'old'), 'a');
      const reading = await (await store.open('a'))?.open();
      await store.putFile(write('b', 'newer'), 'a');
      expect(await contentOf(store, 'a')).toBe('newer');
      const memory = Buffer.alloc(9);
      expect(memory.toString('utf8', 0, await reading?.readInto(memory, 0))).toBe('old');
      await reading?.close();
    });

    it('must exist', async () => {
      const { store, local, namesIn } = open();
      await expect(store.putFile(path.join(local, 'none'), 'uploads/a')).rejects.toThrow('ENOENT');
      expect(await store.open('uploads/a')).toBeNull();
      expect(await namesIn('uploads')).toEqual([]);
    });
  });

  describe('a folder that is committed', () => {
    it('is stored whole, and nothing under other keys', async () => {
      const { store, commit, namesIn } = open();
      await commit('packages/ab/v1-job1-1', { 'manifest.mpd': 'mpd', 'video.mp4': 'mp4' });
      expect(await contentOf(store, 'packages/ab/v1-job1-1/manifest.mpd')).toBe('mpd');
      expect(await contentOf(store, 'packages/ab/v1-job1-1/video.mp4')).toBe('mp4');
      expect(await namesIn('packages')).toEqual(['ab']);
      expect(await namesIn('packages/ab')).toEqual(['v1-job1-1']);
      expect(await namesIn('packages/ab/v1-job1-1')).toEqual(['manifest.mpd', 'video.mp4']);
      for (const key of ['packages/ab/v1', 'packages/ab/v1-job1', 'packages/a'])
        expect(await namesIn(key)).toEqual([]);
    });

    it('is not a file', async () => {
      const { store, commit } = open();
      await commit('p/v1', { a: 'x' });
      expect(await store.open('p/v1')).toBeNull();
      expect(await store.open('p')).toBeNull();
    });

    it('stands beside that of another attempt, also where both are committed at once', async () => {
      const { store, commit, namesIn } = open();
      await Promise.all([
        commit('p/v2-job7-1', { a: 'first', b: 'first' }),
        commit('p/v2-job7-2', { a: 'second' }),
      ]);
      expect(await namesIn('p')).toEqual(['v2-job7-1', 'v2-job7-2']);
      expect(await contentOf(store, 'p/v2-job7-1/a')).toBe('first');
      expect(await contentOf(store, 'p/v2-job7-2/a')).toBe('second');
      expect(await namesIn('p/v2-job7-2')).toEqual(['a']);
    });

    it('does not replace another: what is stored stays as it is', async () => {
      const { store, commit, namesIn } = open();
      await commit('p/v1', { a: 'old' });
      await expect(commit('p/v1', { a: 'new', b: 'new' })).rejects.toThrow();
      expect(await namesIn('p/v1')).toEqual(['a']);
      expect(await contentOf(store, 'p/v1/a')).toBe('old');
    });

    it('must exist', async () => {
      const { store, local, namesIn } = open();
      await expect(store.commit(path.join(local, 'none'), 'p/v1')).rejects.toThrow('ENOENT');
      expect(await namesIn('p')).toEqual([]);
    });
  });

  describe('links, folders and FIFOs', () => {
    it('are not put, alone or in a folder', async () => {
      const { store, write, local, namesIn } = open();
      const secret = write('secret', 'secret');
      write('v2/a', 'x');
      symlinkSync(secret, path.join(local, 'v2/link'));
      symlinkSync(path.join(local, 'v2'), path.join(local, 'v3'));
      mkdirSync(path.join(local, 'v4/folder'), { recursive: true });
      execFileSync('mkfifo', [path.join(local, 'fifo')]);
      await expect(store.commit(path.join(local, 'v2'), 'p/v2')).rejects.toMatchObject({ code: 'ELOOP' });
      await expect(store.commit(path.join(local, 'v3'), 'p/v3')).rejects.toThrow();
      await expect(store.commit(path.join(local, 'v4'), 'p/v4')).rejects.toMatchObject({ code: 'ELOOP' });
      await expect(store.putFile(path.join(local, 'v2/link'), 'b')).rejects.toMatchObject({ code: 'ELOOP' });
      await expect(store.putFile(path.join(local, 'fifo'), 'b')).rejects.toMatchObject({ code: 'ELOOP' });
      expect(await namesIn('p')).toEqual([]);
      expect(await store.open('b')).toBeNull();
    });
  });

  describe('a checkout', () => {
    it('of a file is a local file of the same bytes, under the last name of its key', async () => {
      const { store, write, into } = open();
      await store.putFile(write('a', '0123456789'), 'uploads/a.mp4');
      expect(await store.checkout('uploads/a.mp4', into)).toBe(path.join(into, 'a.mp4'));
      expect(await filesBelow(into)).toEqual(['a.mp4']);
      expect(readFileSync(path.join(into, 'a.mp4'), 'utf8')).toBe('0123456789');
    });

    it('of a folder has the files of that folder, and of no other', async () => {
      const { store, commit, into } = open();
      await commit('p/v1', { a: 'a of 1', b: 'b of 1' });
      await commit('p/v10', { a: 'a of 10', c: 'c of 10' });
      expect(await store.checkout('p/v1', into)).toBe(path.join(into, 'v1'));
      expect(await filesBelow(into)).toEqual(['v1/a', 'v1/b']);
      expect(readFileSync(path.join(into, 'v1/a'), 'utf8')).toBe('a of 1');
      expect(readFileSync(path.join(into, 'v1/b'), 'utf8')).toBe('b of 1');
    });

    it('may be removed: what is stored stays', async () => {
      const { store, commit, into } = open();
      await commit('p/v1', { a: 'x' });
      await store.checkout('p/v1', into);
      rmSync(into, { recursive: true });
      expect(await contentOf(store, 'p/v1/a')).toBe('x');
    });

    it('stays when what is stored is removed', async () => {
      const { store, commit, into } = open();
      await commit('p/v1', { a: 'x' });
      await store.checkout('p/v1', into);
      await store.remove('p/v1');
      expect(readFileSync(path.join(into, 'v1/a'), 'utf8')).toBe('x');
    });

    it('can be committed again as another folder', async () => {
      const { store, commit, into } = open();
      await commit('p/v1', { a: 'x' });
      await store.commit((await store.checkout('p/v1', into)) ?? '', 'p/v2');
      expect(await contentOf(store, 'p/v2/a')).toBe('x');
      await store.remove('p/v1');
      expect(await contentOf(store, 'p/v2/a')).toBe('x');
    });
  });

  describe('a list', () => {
    it('has the files and folders directly below a key, and when each was stored', async () => {
      const { store, write, commit } = open();
      const old = write('old', 'x');
      utimesSync(old, new Date(0), new Date(0));
      const before = Date.now() - 2000; // file systems round
      await store.putFile(old, 'packages/m/a.mp4');
      await commit('packages/m/v1', { b: 'x', c: 'x' });
      const entries = (await store.list('packages/m')).toSorted((a, b) => a.name.localeCompare(b.name));
      expect(entries.map(({ name, isFolder }) => [name, isFolder])).toEqual([
        ['a.mp4', false],
        ['v1', true],
      ]);
      for (const { name, storedAt } of entries) {
        expect(storedAt.getTime()).toBeGreaterThan(before);
        expect(await store.storedAt(`packages/m/${name}`)).toEqual(storedAt);
      }
    });

    it('is empty for a file, and where nothing is', async () => {
      const { store, write } = open();
      await store.putFile(write('a', 'x'), 'uploads/a.mp4');
      expect(await store.list('packages')).toEqual([]);
      expect(await store.list('uploads/a.mp4')).toEqual([]);
    });
  });

  describe('removing', () => {
    it('takes everything below a key, and nothing else', async () => {
      const { store, write, namesIn } = open();
      const keys = ['p/v1/a', 'p/v1/b', 'p/v10/a', 'p/v1-job1-1/a', 'p/v1.mp4', 'q/v1/a'];
      for (const key of keys) await store.putFile(write('x', key), key);
      await store.remove('p/v1');
      expect(await namesIn('p/v1')).toEqual([]);
      expect(await store.storedAt('p/v1')).toBeNull();
      for (const key of keys.slice(2)) expect(await contentOf(store, key)).toBe(key);
      await store.remove('p/v10/a');
      expect(await store.open('p/v10/a')).toBeNull();
      expect(await contentOf(store, 'q/v1/a')).toBe('q/v1/a');
    });

    it('need not find anything', async () => {
      const { store, write } = open();
      await store.putFile(write('a', 'x'), 'file');
      for (const key of ['none', 'uploads/none.mp4', 'file/below']) await store.remove(key);
      expect(await contentOf(store, 'file')).toBe('x');
    });

    it('ends no reading that has begun', async () => {
      const { store, write } = open();
      await store.putFile(write('a', 'old'), 'a');
      const reading = await (await store.open('a'))?.open();
      await store.remove('a');
      const memory = Buffer.alloc(9);
      expect(memory.toString('utf8', 0, await reading?.readInto(memory, 0))).toBe('old');
      await reading?.close();
    });
  });

  describe('where nothing is', () => {
    it.each(['none', 'a/none', 'a/b/none', 'file/below', 'x'.repeat(300)])('%s is null', async (key) => {
      const { store, write, into } = open();
      await store.putFile(write('a', 'x'), 'file');
      expect(await store.open(key)).toBeNull();
      expect(await store.checkout(key, into)).toBeNull();
      expect(await store.storedAt(key)).toBeNull();
      expect(await store.list(key)).toEqual([]);
      await store.remove(key);
      expect(await filesBelow(into)).toEqual([]);
    });
  });

  describe.each(badKeys)('the key %j', (key) => {
    it('is refused by every method, and nothing is touched', async () => {
      const { store, write, folder, local, into } = open();
      write('secret', 'secret');
      write('v1/a', 'x');
      const before = await filesBelow(folder);
      const methods = [
        async () => store.open(key),
        async () => store.checkout(key, into),
        async () => store.list(key),
        async () => store.storedAt(key),
        async () => store.remove(key),
        async () => store.putFile(path.join(local, 'secret'), key),
        async () => store.commit(path.join(local, 'v1'), key),
      ];
      for (const method of methods) await expect(method()).rejects.toMatchObject({ code: 'media-not-found' });
      expect(await filesBelow(folder)).toEqual(before);
    });
  });
}
