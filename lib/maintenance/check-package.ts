import type { App } from '@/lib/app/app';
import type { CheckedPackage } from '@/lib/ledger/ledger';
import { downloadFile, versionFiles } from '@/lib/media/file-names';
import { addedAudioTracks } from '@/lib/packages/added-audio-tracks';
import type { ArtifactStore } from '@/lib/storage/artifact-store';
import { fileChecksum } from '@/lib/storage/checksums';
import { publishedKey } from '@/lib/storage/keys';
import { type Finding, withReadErrors } from './finding';

type Parts = Pick<App, 'ledger' | 'store'>;

/** A file that is served, and its SHA-256 where that is known. */
interface WantedFile {
  key: string;
  sum: string | null;
  isDownload: boolean;
}

/** Checks the files that a package serves. */
export async function* checkPackage(
  parts: Parts,
  row: CheckedPackage,
  isSourceWhole: boolean,
): AsyncGenerator<Finding> {
  const { id } = row.package;
  for (const file of wantedFiles(row)) {
    const found = checkFile(parts, id, file, isSourceWhole);
    yield* withReadErrors(`${file.key} of package ${id}`, found);
  }
}

function wantedFiles({ package: row, version }: CheckedPackage): WantedFile[] {
  if (!version) return [];
  const folder = publishedKey(row.mediaId, version.folder);
  const names = new Set([
    ...[versionFiles.dash, versionFiles.hls],
    ...version.tracks.map(({ file }) => file),
    ...Object.keys(version.checksums ?? {}),
  ]);
  const wanted = [...names].map((name) => {
    return { key: `${folder}/${name}`, sum: version.checksums?.[name] ?? null, isDownload: false };
  });
  if (!row.downloadFolder) return wanted;
  const key = `${publishedKey(row.mediaId, row.downloadFolder)}/${downloadFile}`;
  return [...wanted, { key, sum: row.downloadSha256, isDownload: true }];
}

async function* checkFile(
  { ledger, store }: Parts,
  packageId: number,
  file: WantedFile,
  isSourceWhole: boolean,
): AsyncGenerator<Finding> {
  const found = await checksumOf(store, file.key);
  if (found !== null && (file.sum === null || found === file.sum)) return;
  // A running server may have replaced or deleted it meanwhile.
  const now = await ledger.findPackage(packageId);
  const isWanted = ({ key, sum }: WantedFile) => key === file.key && sum === file.sum;
  if (!now?.version || !wantedFiles(now).some(isWanted)) return;
  const how = found === null ? 'is gone' : 'differs from what was published';
  const what = `${file.key} of package ${packageId} ${how}.`;
  const reason = whyNotReplaceable(now, file, isSourceWhole);
  if (reason) yield { kind: 'not-replaceable', what: `${what} ${reason}` };
  else yield { kind: 'damaged-package', packageId, versionNumber: now.version.number, what };
}

/** SHA-256 of a file; null when it is missing, or is deleted just before it is opened. */
export async function checksumOf(store: ArtifactStore, key: string): Promise<string | null> {
  return await fileChecksum(store, key).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Why a package cannot be made again from its video without loss; null where it can. */
function whyNotReplaceable(
  { video, version }: CheckedPackage,
  { isDownload }: WantedFile,
  isSourceWhole: boolean,
): string | null {
  const added = addedAudioTracks(video.probe, version?.tracks ?? []);
  if (added.length > 0) {
    const instead = isDownload
      ? 'request new keys for the package, which makes a new download'
      : 'package the video again and add the audio to the new package';
    return `It cannot be made again, because its video does not contain the added audio (${added.join(', ')}): restore the file from a backup, or ${instead}.`;
  }
  if (isSourceWhole) return null;
  return 'It cannot be made again, because the file of its video is damaged: restore both from a backup.';
}
