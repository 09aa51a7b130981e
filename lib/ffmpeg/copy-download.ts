import path from 'node:path';
import { downloadFile } from '@/lib/media/file-names';
import type { PackagePlan } from '@/lib/media/package-plan';
import type { SourceFile } from '@/lib/media/source-file';
import { withOutbox } from '@/lib/processes/outbox';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { downloadArgs } from './args/download-args';
import { encodeFailed } from './encode-failed';
import { runFfmpeg } from './run-ffmpeg';

const timeoutSeconds = 7200;

/**
 * Copies the streams of the download, still in the clear, into the folder of the clear tracks.
 * @throws AppError `encode-failed`, and as runProcess
 */
export async function copyDownload(
  tools: ToolRunner,
  source: SourceFile,
  { download, streams }: Pick<PackagePlan, 'download' | 'streams'>,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  await withOutbox({ into: folder, names: [downloadFile] }, (outbox) => {
    const output = path.join(path.relative(folder, outbox.folder), downloadFile);
    const args = downloadArgs(source, download, streams, output);
    return runFfmpeg(tools, { args, folder, outbox, reads: [source.path], signal, timeoutSeconds });
  }).catch(encodeFailed);
}
