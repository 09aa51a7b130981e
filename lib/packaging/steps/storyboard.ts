import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Storyboard } from '@/lib/media/storyboard';

/** The layout of the sheets beside it, for later versions. */
export const storyboardFile = 'storyboard.json';

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
