import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Storyboard } from '@/lib/media/storyboard';

/** The layout of the sheets beside it, for later versions. */
export const storyboardFile = 'storyboard.json';

/** Thumbnails at least this far apart, and at most this many: a seek bar shows no more. */
const leastIntervalSeconds = 1;
const mostImages = 250;
const tile = { columns: 5, rows: 5 };
const frameHeight = 90;

/** Plans the thumbnails of a video: one each `intervalSeconds`, in sheets of rows and columns. */
export function planStoryboard(
  shown: { width: number; height: number },
  durationSeconds: number,
): Storyboard {
  const intervalSeconds = Math.max(leastIntervalSeconds, Math.ceil(durationSeconds / mostImages));
  const width = Math.max(2, 2 * Math.round((shown.width * frameHeight) / shown.height / 2));
  return { intervalSeconds, ...tile, width: Math.min(width, 320), height: frameHeight };
}

/** Writes the layout of the storyboard beside its sheets, for later versions. */
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
