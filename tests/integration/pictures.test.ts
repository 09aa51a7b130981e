import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { revealKeys } from '@/lib/packages/reveal-keys';
import { openPoster } from '@/lib/videos/poster';
import { drawClip } from '../fixtures/clips';
import { sourceClip } from '../fixtures/source-clips';
import { decryptTrack } from '../support/frames';
import { folderOf, openPipeline, packageToEnd, upload } from '../support/pipeline';

it('HDR is brought into the range of ordinary screens', async () => {
  const context = await openPipeline();
  const { id } = await upload(context, sourceClip('hdr-pq.mkv'));
  const record = await packageToEnd(context, id, null, 'cenc');
  const [key] = revealKeys(context, record.package.id);
  if (!key) throw new Error('No key.');
  const clear = await decryptTrack(folderOf(context, record), record.version?.tracks[0]?.file ?? '', key);
  const entries = ['-show_entries', 'stream=color_transfer,color_primaries,pix_fmt', '-of', 'csv=p=0'];
  const told = execFileSync('ffprobe', ['-v', 'error', ...entries, clear])
    .toString()
    .trim();
  expect(told).toBe('yuv420p,bt709,bt709');
});

it('a poster shows something, though the video begins black', async () => {
  const context = await openPipeline();
  const black = "drawbox=c=black:t=fill:enable='lt(t,6)'";
  const clip = drawClip('black-first.mp4', [
    '-f',
    'lavfi',
    '-i',
    `testsrc2=s=320x180:r=25:d=10,${black}`,
    '-pix_fmt',
    'yuv420p',
  ]);
  const { id } = await upload(context, clip);
  const poster = await openPoster(context, id);
  expect(poster.sizeBytes).toBeGreaterThan(6000);
});
