import { describe, expect, it } from 'vitest';
import { planStoryboard } from '@/lib/packaging/plan/plan-storyboard';
import { describeStoryboard, readStoryboard } from '@/lib/packaging/steps/storyboard';
import { filesBelow, tempFolder } from '@/tests/harness/temp-folder';

const wide = { width: 1920, height: 1080 };

describe('the thumbnails of a video', () => {
  it.each([
    ['a moment', 0.04, 1],
    ['ten seconds', 10, 1],
    ['four minutes', 250, 1],
    ['a little more', 250.1, 2],
    ['an hour', 3600, 15],
    ['a day', 86_400, 346],
  ])('of %s', (_, durationSeconds, intervalSeconds) => {
    const plan = planStoryboard(wide, durationSeconds);
    expect(plan).toEqual({ intervalSeconds, columns: 5, rows: 5, width: 160, height: 90 });
    expect(durationSeconds / plan.intervalSeconds).toBeLessThanOrEqual(250);
  });

  it.each([
    ['16:9', wide, 160],
    ['4:3', { width: 640, height: 480 }, 120],
    ['21:9', { width: 2560, height: 1080 }, 214],
    ['upright', { width: 1080, height: 1920 }, 50],
    ['a strip', { width: 3840, height: 540 }, 320],
    ['a needle', { width: 2, height: 1080 }, 2],
  ])('keep the shape of %s, and are even', (_, shown, width) => {
    expect(planStoryboard(shown, 10)).toMatchObject({ width, height: 90 });
  });
});

describe('the description of a storyboard', () => {
  const storyboard = planStoryboard(wide, 3600);

  it('is read again with the number of its sheets', async () => {
    const folder = tempFolder();
    await describeStoryboard(folder, storyboard);
    expect(await filesBelow(folder)).toEqual(['storyboard.json']);
    expect(await readStoryboard(folder, 10)).toEqual({ ...storyboard, sheets: 10 });
  });

  it('is null where there are no sheets', async () => {
    expect(await readStoryboard(tempFolder(), 0)).toBeNull();
  });

  it('must exist where there are sheets', async () => {
    await expect(readStoryboard(tempFolder(), 2)).rejects.toThrow('ENOENT');
  });
});
