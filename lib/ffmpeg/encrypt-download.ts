import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ContentKey } from '@/lib/media/content-key';
import { versionFiles } from '@/lib/media/file-names';
import type { PackagePlan } from '@/lib/media/package-plan';
import { downloadArgs, encryptionPreset } from './args/download-args';
import { encodeFailed } from './encode-failed';
import { runFfmpeg } from './run-ffmpeg';

/** Where a download is made: beside the clear tracks, into the version's folder. */
interface Places {
  tracks: string;
  version: string;
}

/** Makes the encrypted MP4 for download. Errors: see runProcess. */
export async function encryptDownload(
  source: string,
  plan: PackagePlan,
  key: ContentKey,
  places: Places,
  signal: AbortSignal,
) {
  const presetFile = path.join(places.tracks, 'download.ffpreset');
  const output = path.join(places.version, versionFiles.download);
  await writeFile(presetFile, encryptionPreset(key), { mode: 0o600 });
  try {
    const args = downloadArgs(source, plan.download, presetFile, output);
    await runFfmpeg({ args, folder: places.tracks, signal, timeoutSeconds: 7200 }).catch(encodeFailed);
  } finally {
    await rm(presetFile, { force: true });
  }
}
