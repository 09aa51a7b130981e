import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { addStoryboard } from '@/lib/formats/dash/add-storyboard';
import { addTextTracksToDash } from '@/lib/formats/dash/add-text-tracks';
import { addTextTracksToHls } from '@/lib/formats/hls/add-text-tracks';
import { thumbnailSheet, versionFiles } from '@/lib/media/file-names';
import type { TextTrack } from '@/lib/media/text-track';
import { readStoryboard, storyboardFile } from './storyboard';

/** The clear tracks beside the encrypted ones, and the duration of the presentation. */
interface SideTracks {
  texts: TextTrack[];
  durationSeconds: number;
}

/** Puts text tracks and the storyboard of `from` into a version's folder and its manifests. */
export async function addSideTracks(folder: string, from: string, { texts, durationSeconds }: SideTracks) {
  const sheets = (await readdir(from)).filter((name) => thumbnailSheet.test(name));
  const description = sheets.length > 0 ? [storyboardFile] : [];
  for (const name of [...texts.map(({ file }) => file), ...sheets, ...description])
    await replace(path.join(from, name), path.join(folder, name));
  const storyboard = await readStoryboard(from, sheets.length);
  await rewrite(path.join(folder, versionFiles.dash), (mpd) =>
    addStoryboard(addTextTracksToDash(mpd, texts), storyboard),
  );
  const { master, playlists } = addTextTracksToHls(
    await readFile(path.join(folder, versionFiles.hls), 'utf8'),
    texts,
    durationSeconds,
  );
  await replaceText(path.join(folder, versionFiles.hls), master);
  for (const [name, text] of playlists) await replaceText(path.join(folder, name), text);
}

async function rewrite(file: string, change: (text: string) => string): Promise<void> {
  await replaceText(file, change(await readFile(file, 'utf8')));
}

/** Never writes in place: files may be links shared with an older version, which must not change. */
async function replaceText(file: string, text: string): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, text);
}

async function replace(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  await link(from, to);
}
