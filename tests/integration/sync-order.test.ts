import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { localStore } from '@/lib/storage/local-store';
import { tempFolder } from '@/tests/harness/temp-folder';

/** Disk operations in order: `sync` when it ends, `rename` when it begins. */
const operations = vi.hoisted((): [what: 'sync' | 'rename', where: string][] => []);

vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  const open: typeof real.open = async (file, ...how) => {
    const handle = await real.open(file, ...how);
    const sync = handle.sync.bind(handle);
    handle.sync = async () => {
      await sync();
      operations.push(['sync', String(file)]);
    };
    return handle;
  };
  const rename: typeof real.rename = (from, to) => {
    operations.push(['rename', `${from} → ${to}`]);
    return real.rename(from, to);
  };
  return { ...real, default: { ...real.default, open, rename }, open, rename };
});

/** A store with a folder `p`, a folder `v1` with two files beside it, and the disk operations from now on. */
function open() {
  const root = tempFolder();
  mkdirSync(path.join(root, 'p'));
  mkdirSync(path.join(root, 'v1'));
  for (const name of ['a.mp4', 'b.mp4']) writeFileSync(path.join(root, 'v1', name), name);
  operations.length = 0;
  const inOrder = () => operations.map(([what, where]) => `${what} ${where.replaceAll(`${root}/`, '')}`);
  return { root, store: localStore(root), inOrder };
}

describe('what is stored survives a power loss:', () => {
  it('a folder: its files and names are synced, it is moved, and the move is synced', async () => {
    const { root, store, inOrder } = open();
    await store.commit(path.join(root, 'v1'), 'p/v1');
    const steps = inOrder();
    expect(steps.slice(0, 2).sort()).toEqual(['sync v1/a.mp4', 'sync v1/b.mp4']);
    expect(steps.slice(2)).toEqual(['sync v1', 'rename v1 → p/v1', 'sync p']);
  });

  it('a file: its bytes are synced, it is moved, and the move is synced', async () => {
    const { root, store, inOrder } = open();
    await store.putFile(path.join(root, 'v1/a.mp4'), 'p/a.mp4');
    expect(inOrder()).toEqual(['sync v1/a.mp4', 'rename v1/a.mp4 → p/a.mp4', 'sync p']);
  });

  it('into a new folder: that folder is synced too', async () => {
    const { root, store, inOrder } = open();
    await store.putFile(path.join(root, 'v1/a.mp4'), 'p/m/a.mp4');
    expect(inOrder()).toEqual(['sync v1/a.mp4', 'rename v1/a.mp4 → p/m/a.mp4', 'sync p/m', 'sync p']);
  });

  it('into a new folder of a new folder: both are synced, and the folder that holds the first', async () => {
    const { root, store, inOrder } = open();
    await store.putFile(path.join(root, 'v1/a.mp4'), 'q/m/a.mp4');
    expect(inOrder().slice(2)).toEqual(['sync q/m', 'sync q', `sync ${root}`]);
  });
});
