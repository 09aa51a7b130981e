import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Storyboard } from '@/lib/media/storyboard';

/** Says of the sheets beside it how they are laid out, for later versions. */
export const storyboardFile = 'storyboard.json';

/** Pictures no closer than this, and no more than this many: a seek bar shows no more. */
const leastIntervalSeconds = 1;
const mostPictures = 250;
const tile = { columns: 5, rows: 5 };
const pictureHeight = 90;

/** Decides the thumbnails of a video: one each `intervalSeconds`, in sheets of rows and columns. */
export function planStoryboard(
  shown: { width: number; height: number },
  durationSeconds: number,
): Storyboard {
  const intervalSeconds = Math.max(leastIntervalSeconds, Math.ceil(durationSeconds / mostPictures));
  const width = Math.max(2, 2 * Math.round((shown.width * pictureHeight) / shown.height / 2));
  return { intervalSeconds, ...tile, width: Math.min(width, 320), height: pictureHeight };
}

/** Leaves word of the storyboard beside its sheets, for later versions. */
export async function describeStoryboard(folder: string, storyboard: Storyboard): Promise<void> {
  await writeFile(path.join(folder, storyboardFile), JSON.stringify(storyboard));
}

/** The storyboard whose sheets are in a folder; null when there are none. */
export async function readStoryboard(
  folder: string,
  sheets: number,
): Promise<(Storyboard & { sheets: number }) | null> {
  if (sheets === 0) return null;
  const text = await readFile(path.join(folder, storyboardFile), 'utf8');
  return { ...(JSON.parse(text) as Storyboard), sheets }; // written by describeStoryboard
}
