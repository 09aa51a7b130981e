import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { packageUntilReady, postJson } from '../harness/api';
import { times } from '../harness/fault-table';
import { canMount, type FullDisk, MB, startOnSmallDisk } from '../harness/full-disk';
import { seededRandom } from '../harness/seeded-random';
import { filesBelow } from '../harness/temp-folder';
import { until } from '../harness/upload-in-two';

/** Writes SQLite's write-ahead log into the database, and empties the log: its room would be used again. */
function emptyLog(file: string): void {
  const db = new Database(file);
  const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
  db.close();
  if (result.busy !== 0) throw new Error('The log of SQLite could not be emptied.');
}

describe.skipIf(!canMount())('on a disk of its own (skipped where no file system may be mounted)', () => {
  let on: FullDisk;
  beforeAll(async () => {
    on = await startOnSmallDisk();
  });
  afterAll(async () => {
    await on?.stop();
  });

  it('a disk that fills during an encode', async (context) => {
    await on.tryFault(context, 'disk full during an encode', 8, async () => {
      const requested = await on.fillDuring(on.videos.encoded, 0.2 * MB);
      await until(() => on.hasEnded(requested));
      await on.failsWell(requested);
    });
  });

  it('a disk that fills during packaging', async (context) => {
    const { sizeBytes } = on.videos.copied;
    const random = seededRandom(44);
    await on.tryFault(context, 'disk full during packaging', 8, async () => {
      // The clear copy fits; the packager needs twice as much.
      const requested = await on.fillDuring(on.videos.copied, sizeBytes * (1.3 + random() * 0.5));
      await until(() => on.hasEnded(requested));
      await on.failsWell(requested);
    });
  });

  it.runIf(times({ full: 1, quick: 0 }))('a disk that fills at any byte of a job', async (context) => {
    const { sizeBytes } = on.videos.copied;
    const random = seededRandom(45);
    await on.tryFault(context, 'disk full at any byte of a job', 25, async () => {
      const requested = await on.fillDuring(on.videos.copied, sizeBytes * random() * 4);
      await until(() => on.hasEnded(requested));
      if ((await on.view(requested)).status === 'failed') return on.failsWell(requested);
      await on.plays(await on.view(requested)); // there was enough room
      await fetch(on.server.origin + requested.links.self, { method: 'DELETE' });
    });
  });

  it('a disk without a byte for the end of a job: recorded when there is room', async (context) => {
    await on.tryFault(context, 'disk full for the queue of jobs', 8, async () => {
      const logged = on.server.output().length;
      emptyLog(path.join(on.storage, 'cenclave.db'));
      const requested = await on.fillDuring(on.videos.encoded, 0);
      on.disk.fill();
      await until(() => /SQLITE_FULL/.test(on.server.output().slice(logged)));
      await on.stillServes();
      // The room that was freed meanwhile may be enough; an empty disk is in any case.
      on.disk.empty();
      await until(() => on.hasEnded(requested));
      await on.failsWell(requested);
    });
  });

  it('a disk without a byte for a row: 507, and accepted requests are carried out', async (context) => {
    await on.tryFault(context, 'disk full for a row of SQLite', 8, async () => {
      on.disk.fill();
      const accepted: PackageView[] = [];
      let answer = await postJson(`${on.server.origin}/api/videos/${on.videos.audio.id}/packages`, {});
      for (; answer.status === 202 && accepted.length < 2000; ) {
        accepted.push(await answer.json());
        answer = await postJson(`${on.server.origin}/api/videos/${on.videos.audio.id}/packages`, {});
      }
      expect([answer.status, (await answer.json()).code]).toEqual([507, 'disk-full']);
      await on.stillServes();
      on.disk.empty();
      const { items } = await (await on.get('/api/packages')).json();
      for (const { id } of accepted) expect(items.some((item: PackageView) => item.id === id)).toBe(true);
      for (const requested of accepted) {
        await until(() => on.hasEnded(requested));
        if ((await on.view(requested)).status === 'failed') await on.failsWell(requested);
      }
      await packageUntilReady(on.server.origin, on.videos.audio.id);
    });
  });

  it('a disk without a byte for a deletion: 507, and nothing is deleted', async (context) => {
    await on.tryFault(context, 'disk full for a deletion', 8, async () => {
      const made = await packageUntilReady(on.server.origin, on.videos.audio.id);
      const remove = () => fetch(on.server.origin + made.links.self, { method: 'DELETE' });
      // What the job still removes would make room.
      await until(async () => (await on.unfinished()).length === 0);
      emptyLog(path.join(on.storage, 'cenclave.db'));
      on.disk.fill();
      const answer = await remove();
      expect([answer.status, (await answer.json()).code]).toEqual([507, 'disk-full']);
      await on.stillServes();
      await on.plays(await on.view(made));
      on.disk.empty();
      expect((await remove()).status).toBe(204);
      expect(await filesBelow(path.join(on.storage, 'packages', made.mediaId))).toEqual([]);
    });
  });
});
