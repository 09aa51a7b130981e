import { chmod, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/base/errors';
import type { PackageKey } from '@/lib/media/content-key';
import { type RequestedFiles, withOutbox } from '@/lib/processes/outbox';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { randomName } from '@/lib/storage/keys';
import { keyFlags } from './packager-args';

const binaries: Record<string, string> = {
  'linux-x64': 'packager-linux-x64',
  'linux-arm64': 'packager-linux-arm64',
  'darwin-x64': 'packager-osx-x64',
  'darwin-arm64': 'packager-osx-arm64',
  'win32-x64': 'packager-win-x64.exe',
};

/** The packager's binary for this machine, as the npm package ships it. */
export function packagerPath(): string {
  const binary = binaries[`${process.platform}-${process.arch}`];
  if (binary) return path.resolve('node_modules', 'shaka-packager', 'bin', binary);
  throw new AppError(
    'tool-missing',
    `Shaka Packager has no build for ${process.platform} on ${process.arch}.`,
  );
}

export interface PackagerRun {
  /** The base of relative names in the arguments, and the place of the temporary key file. */
  folder: string;
  requested: RequestedFiles;
  keys: PackageKey[];
  use: 'encryption' | 'decryption';
  /** `output` is the folder for its files, relative to `folder`. */
  args(keyFile: string, output: string): readonly string[];
  signal: AbortSignal;
}

/**
 * Runs Shaka Packager with keys, which it reads from a file that is removed afterwards. Errors: see
 * ToolRunner.
 */
export async function runPackager(
  tools: ToolRunner,
  { keys, use, args, requested, ...run }: PackagerRun,
): Promise<void> {
  const keyFile = path.join(run.folder, `${randomName()}.flags`);
  await writeFile(keyFile, keyFlags(keys, use), { mode: 0o600 });
  try {
    const command = packagerPath();
    await withOutbox(requested, (outbox) => {
      const list = args(path.basename(keyFile), path.relative(run.folder, outbox.folder));
      return tools.run({ ...run, outbox, command, args: list, timeoutSeconds: 7200 });
    }).catch(packagerFailed);
  } finally {
    await rm(keyFile, { force: true });
  }
}

function packagerFailed(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'tool-failed') throw error;
  const message = 'Shaka Packager could not package the tracks of this video. The server log says why.';
  throw new AppError('packager-failed', message, { cause: error });
}

/**
 * The packager's version, such as `3.4.2`. Also makes it executable: npm drops that permission on some
 * systems.
 */
export async function packagerVersion(tools: ToolRunner): Promise<string> {
  await chmod(packagerPath(), 0o755).catch(() => {});
  const { stdout } = await tools.run({ command: packagerPath(), args: ['--version'], timeoutSeconds: 20 });
  return /v(\d[\d.]*)/.exec(stdout)?.[1] ?? 'unknown';
}
