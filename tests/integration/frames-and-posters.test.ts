import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { revealKeys } from '@/lib/packages/reveal-keys';
import { posterKey } from '@/lib/storage/keys';
import { openPoster } from '@/lib/videos/poster';
import { drawClip } from '../fixtures/clips';
import { sourceClip } from '../fixtures/source-clips';
import { decryptTrack } from '../harness/frames';
import { folderOf, openPipeline, packageToEnd, upload } from '../harness/pipeline';

it('HDR is tone-mapped to BT.709', async () => {
  const context = await openPipeline();
  const { id } = await upload(context, sourceClip('hdr-pq.mkv'));
  const record = await packageToEnd(context, id, null, 'cenc');
  const [key] = await revealKeys(context, record.package.id);
  if (!key) throw new Error('No key.');
  const clear = await decryptTrack(folderOf(context, record), record.version?.tracks[0]?.file ?? '', key);
  const entries = ['-show_entries', 'stream=color_transfer,color_primaries,pix_fmt', '-of', 'csv=p=0'];
  const output = execFileSync('ffprobe', ['-v', 'error', ...entries, clear])
    .toString()
    .trim();
  expect(output).toBe('yuv420p,bt709,bt709');
});

/** The mean brightness of a file's first frame, from 0 to 255. */
function brightness(file: string): number {
  const args = [
    '-v',
    'error',
    '-i',
    file,
    '-frames:v',
    '1',
    '-vf',
    'scale=1:1:flags=area',
    '-pix_fmt',
    'gray',
  ];
  return execFileSync('ffmpeg', [...args, '-f', 'rawvideo', '-'])[0] ?? 0;
}

// Uniform gray in a file that declares only its transfer function, as from some cameras.
it.each(['smpte2084', 'arib-std-b67'])(
  'a file that declares only %s is packaged; its poster is as bright as its video',
  async (transfer) => {
    const context = await openPipeline();
    const gray = ['-f', 'lavfi', '-i', 'color=0xd8d8d8:s=320x180:r=25:d=3', '-pix_fmt', 'yuv420p10le'];
    const x265 = ['-preset', 'ultrafast', '-x265-params', `log-level=none:transfer=${transfer}`];
    const file = drawClip(`only-${transfer}.mkv`, [
      ...gray,
      '-c:v',
      'libx265',
      ...x265,
      '-color_trc',
      transfer,
    ]);
    const { id } = await upload(context, file);
    const record = await packageToEnd(context, id, null, 'cenc');
    expect(record.package).toMatchObject({ status: 'ready', errorMessage: null });
    const [key] = await revealKeys(context, record.package.id);
    if (!key) throw new Error('No key.');
    const clear = await decryptTrack(folderOf(context, record), record.version?.tracks[0]?.file ?? '', key);
    await openPoster(context, id);
    const poster = path.join(context.settings.STORAGE_DIR, posterKey(id));
    const [shown, raw] = [brightness(clear), brightness(file)];
    expect(Math.abs(brightness(poster) - shown)).toBeLessThan(4);
    expect(Math.abs(raw - shown)).toBeGreaterThan(8);
  },
);

it('a poster is not black when the video begins black', async () => {
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
