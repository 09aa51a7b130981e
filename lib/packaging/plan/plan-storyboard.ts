import type { Storyboard } from '@/lib/media/storyboard';

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
