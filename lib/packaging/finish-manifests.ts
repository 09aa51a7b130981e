import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PackagingJob } from '@/lib/jobs/queue';
import { finishDash } from '@/lib/manifest/finish-dash';
import { finishHls } from '@/lib/manifest/finish-hls';
import { versionFiles } from '@/lib/media/file-names';
import type { PackagePlan } from '@/lib/media/package-plan';

/** Gives the packager's manifests what players need: the Clear Key license and the labels of the tracks. */
export async function finishManifests(
  versionFolder: string,
  job: PackagingJob,
  plan: PackagePlan,
): Promise<void> {
  const kidHex = job.wrappedKeys[0]?.kidHex ?? '';
  const labels = new Map(
    plan.audios.flatMap(({ name, label }) => (label ? [[`${name}.mp4`, label] as const] : [])),
  );
  const licensePath = `/api/packages/${job.packageId}/license`;
  await rewrite(path.join(versionFolder, versionFiles.dash), (text) =>
    finishDash(text, { licensePath, labels }),
  );
  const names = await readdir(versionFolder);
  for (const name of names.filter((item) => item.endsWith('.m3u8'))) {
    await rewrite(path.join(versionFolder, name), (text) => finishHls(text, job.scheme, kidHex));
  }
}

async function rewrite(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')));
}
