import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { finishDash } from '@/lib/formats/dash/finish-dash';
import { finishMasterPlaylist, finishMediaPlaylist, firstAudio } from '@/lib/formats/hls/finish-hls';
import { iframePlaylist, versionFiles } from '@/lib/media/file-names';
import type { Scheme } from '@/lib/media/scheme';
import type { PackagerTrack } from '@/lib/packager/packager-args';

export interface ManifestDetails {
  packageId: number;
  scheme: Scheme;
  tracks: PackagerTrack[];
  /** The KID of each track, by its file. */
  kids: Map<string, string>;
  /** The end of the longest track. */
  durationSeconds: number;
  /** The video tracks whose keyframes are all random access points: see `startsWithIdr`. */
  randomAccess: Set<string>;
}

/** Adds to the packager's manifests what players need: Clear Key, and the labels of the tracks. */
export async function finishManifests(folder: string, details: ManifestDetails): Promise<void> {
  const { packageId, scheme, tracks, kids, durationSeconds, randomAccess } = details;
  const labels = new Map(tracks.flatMap(({ name, label }) => (label ? [[name, label] as const] : [])));
  const licensePath = `/api/packages/${packageId}/license`;
  const audios = tracks.filter(({ kind }) => kind === 'audio');
  const first = firstAudio(audios);
  const file = (name: string) => path.join(folder, name);
  await rewrite(file(versionFiles.dash), (text) =>
    finishDash(text, { licensePath, labels, durationSeconds, firstAudio: first?.name, randomAccess }),
  );
  await rewrite(file(versionFiles.hls), (text) => finishMasterPlaylist(text, { labels, audios }));
  for (const { kind, name } of tracks) {
    const kidHex = kids.get(`${name}.mp4`) ?? '';
    for (const playlist of [`${name}.m3u8`, ...(kind === 'video' ? [iframePlaylist(name)] : [])])
      await rewrite(file(playlist), (text) => finishMediaPlaylist(text, scheme, kidHex));
  }
}

async function rewrite(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')));
}
