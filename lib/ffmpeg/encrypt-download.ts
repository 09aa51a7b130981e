import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ContentKey } from '@/lib/media/content-key';
import { downloadFile } from '@/lib/media/file-names';
import type { PackagePlan } from '@/lib/media/package-plan';
import { downloadArgs, encryptionPreset } from './args/download-args';
import { encodeFailed } from './encode-failed';
import { runFfmpeg } from './run-ffmpeg';

const timeoutSeconds = 7200;

/** Makes the encrypted MP4 for download in the folder of the clear tracks. Errors: see runProcess, `encode-failed`. */
export async function encryptDownload(
  source: string,
  { download, streams }: Pick<PackagePlan, 'download' | 'streams'>,
  key: ContentKey,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const presetFile = path.join(folder, 'download.ffpreset');
  await writeFile(presetFile, encryptionPreset(key), { mode: 0o600 });
  try {
    const args = downloadArgs(source, download, streams, presetFile, downloadFile);
    await runFfmpeg({ args, folder, reads: [source], signal, timeoutSeconds }).catch(encodeFailed);
  } finally {
    await rm(presetFile, { force: true });
  }
}
