import { cp, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { backupDatabase } from '@/lib/maintenance/backup-database';
import { databaseFile, masterKeyFile } from '@/lib/storage/folders';
import { freePort, startAppServer } from '@/tests/harness/app-server';
import { type Bench, host, Skip } from '../bench-context';
import { medianRatio } from '../median';
import { accelPrefix, startNginx } from '../nginx';
import { finishedPackage } from '../packaging';
import { proveRanges } from '../proofs/bytes';
import { prove } from '../proofs/prove';
import { largestTrack, pieceBytes, rangeThroughput } from '../range-throughput';
import type { Measure } from './measure';

export const rangesByNginx: Measure = {
  number: 6,
  title: 'the same behind nginx with X-Accel-Redirect',
  against: 'nginx alone',
  async run(bench) {
    if (!bench.tools.nginx) throw new Skip('nginx is missing');
    const { server, view, folder } = await finishedPackage(bench);
    const name = largestTrack(view.tracks);
    const key = `packages/${view.mediaId}/${path.basename(folder)}/${name}`;
    const port = await freePort();
    const PUBLIC_URL = `http://127.0.0.1:${port}`;
    const storage = await restored(bench, server.storage, folder);
    const app = await startAppServer(
      { ACCESS: 'open', X_ACCEL_PREFIX: accelPrefix, PUBLIC_URL },
      { storage, host },
    );
    const nginx = await startNginx(bench.tools.nginx, bench.folder, port, app);
    try {
      const file = path.join(folder, name);
      const urls = {
        ours: `${nginx.origin}/media/${view.mediaId}/v${view.version}/${name}`,
        theirs: `${nginx.origin}/bare/${key}`,
      };
      for (const url of Object.values(urls)) await proveRanges(url, file, pieceBytes);
      const direct = await fetch(`${nginx.origin}${accelPrefix}${key}`);
      prove(direct.status === 404, `nginx serves ${accelPrefix} to anybody (${direct.status})`);
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let i = 0; i < bench.sizes.repeats; i += 1) {
        ours.push(await rangeThroughput(urls.ours, file, bench.sizes.rangeSeconds));
        theirs.push(await rangeThroughput(urls.theirs, file, bench.sizes.rangeSeconds));
      }
      const figures = [
        { name: 'ratio', value: medianRatio(ours, theirs), unit: '', reach: { atLeast: 0.9 } },
      ];
      const proofs = [`every range of ${name} arrived byte for byte; ${accelPrefix} itself is closed`];
      return { ours, theirs, unit: 'MB/s', figures, proofs, notes: [] };
    } finally {
      await nginx.stop();
      await app.stop();
    }
  },
};

/** The storage folder of a second server, with the version in it, as if restored from a backup. */
async function restored(bench: Bench, from: string, folder: string): Promise<string> {
  const storage = await mkdtemp(path.join(bench.folder, 'storage-'));
  await backupDatabase(databaseFile(from), databaseFile(storage));
  await cp(masterKeyFile(from), masterKeyFile(storage));
  await cp(folder, path.join(storage, path.relative(from, folder)), { recursive: true });
  return storage;
}
