import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { localStore } from '@/lib/storage/local-store';
import { tempFolder } from '@/tests/support/temp-folder';

/** What the disk was asked for, in order: `sync` when it is over, `rename` when it begins. */
const asked = vi.hoisted((): [what: 'sync' | 'rename', where: string][] => []);

vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  const open: typeof real.open = async (file, ...how) => {
    const handle = await real.open(file, ...how);
    const sync = handle.sync.bind(handle);
    handle.sync = async () => {
      await sync();
      asked.push(['sync', String(file)]);
    };
    return handle;
  };
  const rename: typeof real.rename = (from, to) => {
    asked.push(['rename', `${from} → ${to}`]);
    return real.rename(from, to);
  };
  return { ...real, default: { ...real.default, open, rename }, open, rename };
});

/** A store with a folder `p`, a folder `v1` with two files beside it, and what is asked of the disk from now on. */
function open() {
  const root = tempFolder();
  mkdirSync(path.join(root, 'p'));
  mkdirSync(path.join(root, 'v1'));
  for (const name of ['a.mp4', 'b.mp4']) writeFileSync(path.join(root, 'v1', name), name);
  asked.length = 0;
  const inOrder = () => asked.map(([what, where]) => `${what} ${where.replaceAll(`${root}/`, '')}`);
  return { root, store: localStore(root), inOrder };
}

describe('what survives a loss of power', () => {
  it('of a folder that is put: all files and their names before the move, then the move', async () => {
    const { root, store, inOrder } = open();
    await store.putFolder(path.join(root, 'v1'), 'p/v1');
    const steps = inOrder();
    expect(steps.slice(0, 2).sort()).toEqual(['sync v1/a.mp4', 'sync v1/b.mp4']);
    expect(steps.slice(2)).toEqual(['sync v1', 'rename v1 → p/v1', 'sync p']);
  });

  it('of a file that is put: its bytes before the move, then the move', async () => {
    const { root, store, inOrder } = open();
    await store.putFile(path.join(root, 'v1/a.mp4'), 'p/a.mp4');
    expect(inOrder()).toEqual(['sync v1/a.mp4', 'rename v1/a.mp4 → p/a.mp4', 'sync p']);
  });

  it('of what is put into a folder that is new: that folder too', async () => {
    const { root, store, inOrder } = open();
    await store.putFile(path.join(root, 'v1/a.mp4'), 'p/m/a.mp4');
    expect(inOrder()).toEqual(['sync v1/a.mp4', 'rename v1/a.mp4 → p/m/a.mp4', 'sync p/m', 'sync p']);
  });

  it('of what is put into a new folder of a new folder: each of them, and where the first stands', async () => {
    const { root, store, inOrder } = open();
    await store.putFile(path.join(root, 'v1/a.mp4'), 'q/m/a.mp4');
    expect(inOrder().slice(2)).toEqual(['sync q/m', 'sync q', `sync ${root}`]);
  });
});
