import { downloadFile } from '@/lib/media/file-names';
import type { PackagePlan } from '@/lib/media/package-plan';
import { downloadArgs } from './args/download-args';
import { encodeFailed } from './encode-failed';
import { runFfmpeg } from './run-ffmpeg';

const timeoutSeconds = 7200;

/** Copies what goes into the download, still in the clear, to the folder of the clear tracks. Errors: see runProcess, `encode-failed`. */
export async function copyDownload(
  source: string,
  { download, streams }: Pick<PackagePlan, 'download' | 'streams'>,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const args = downloadArgs(source, download, streams, downloadFile);
  await runFfmpeg({ args, folder, reads: [source], signal, timeoutSeconds }).catch(encodeFailed);
}
