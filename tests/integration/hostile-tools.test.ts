import { chmodSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { addAudio } from '@/lib/packages/add-audio';
import { rekeyPackage } from '@/lib/packages/rekey-package';
import { type ProcessRequest, ToolRunner } from '@/lib/processes/tool-runner';
import { incomingFolder, masterKeyFile, workFolder } from '@/lib/storage/folders';
import { addText } from '@/lib/videos/add-text';
import { openPoster } from '@/lib/videos/poster';
import { drawClip, h264, testPattern, tone } from '../fixtures/clips';
import { srtText } from '../fixtures/text-clips';
import { makeFolder } from '../harness/make-folder';
import { openPipeline, packageToEnd, receive, upload, workToEnd } from '../harness/pipeline';
import { filesBelow, tempFolder } from '../harness/temp-folder';

/** Programs that do their work, and then tamper with their output. */
const programs = makeFolder();
const ffmpeg = path.join(programs, 'ffmpeg');
const packager = path.join(programs, 'packager');
const real = process.env.FFMPEG_PATH || 'ffmpeg';
process.env.FFMPEG_PATH = ffmpeg;
afterAll(() => import('node:fs').then(({ rmSync }) => rmSync(programs, { recursive: true })));

const run = ToolRunner.prototype.run;
vi.spyOn(ToolRunner.prototype, 'run').mockImplementation(function (
  this: ToolRunner,
  request: ProcessRequest,
) {
  if (!path.basename(request.command).startsWith('packager-')) return run.call(this, request);
  const reads = [...(request.reads ?? []), request.command];
  return run.call(this, { ...request, reads, command: packager, args: [request.command, ...request.args] });
});

/** Rewrites the programs: they run `attack` on each of their outputs that has one of these names, `$f`. */
function armTools(files: string, attack: string): void {
  const script = (run: string) => `#!/bin/bash
${run}
code=$?
[ -n "$TMPDIR" ] || exit $code
cd "$TMPDIR" || exit 99
for f in ${files}; do
  if [ -f "$f" ]; then ${attack}; fi
done
exit $code
`;
  for (const [program, run] of [
    [ffmpeg, `${real} "$@"`],
    [packager, '"$@"'],
  ] as const) {
    writeFileSync(program, script(run));
    chmodSync(program, 0o755);
  }
}

const disarm = () => armTools('none', 'true');
const linkTo = (target: string) => `rm -f "$f"; ln -s ${target} "$f"`;

const tiny = () =>
  drawClip('hostile-tool.mp4', [...testPattern('320x180', 25, 4), ...tone(440, 4), ...h264, '-c:a', 'aac']);
const withText = () => {
  const text = path.join(tempFolder(), 'a.srt');
  writeFileSync(text, srtText);
  return drawClip('hostile-tool.mkv', ['-i', tiny(), '-i', text, '-c', 'copy', '-map', '0', '-map', '1']);
};

/** The storage holds only files and folders, no link, and no copy of the master key. */
function expectClean({ settings }: Acting): void {
  const root = settings.STORAGE_DIR;
  const secret = readFileSync(masterKeyFile(root), 'utf8').trim();
  const strange = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const found = lstatSync(path.join(root, name));
    if (found.isDirectory()) return false;
    if (!found.isFile()) return true;
    const isKey = name === 'master.key' || name.startsWith('instance.lock');
    return !isKey && found.size < 1e6 && readFileSync(path.join(root, name), 'latin1').includes(secret);
  });
  expect(strange).toEqual([]);
}

async function expectNothingLeft(context: Acting): Promise<void> {
  const root = context.settings.STORAGE_DIR;
  expect(await filesBelow(workFolder(root))).toEqual([]);
  expect(await filesBelow(incomingFolder(root))).toEqual([]);
  expectClean(context);
}

/** Records files that an attack must not change; the returned function checks them. */
function guarded({ settings }: Acting, ...more: string[]) {
  const files = [masterKeyFile(settings.STORAGE_DIR), '/etc/passwd', ...more];
  const state = () =>
    files.map((file) => {
      const { ino, mode, nlink, mtimeMs } = lstatSync(file);
      return { file, ino, mode, nlink, mtimeMs, bytes: readFileSync(file, 'latin1') };
    });
  const before = state();
  return () => expect(state()).toEqual(before);
}

const refused = { status: 'failed', errorCode: 'tool-output-refused' };

describe('a tool that leaves a link to the master key', () => {
  it.each([
    ['a track', 'video-*.mp4'],
    ['an audio track', 'audio-*.mp4'],
    ['thumbnails', 'thumbnails-1.jpg'],
    ['a text track', 'text-*.vtt'],
    ['the download', 'download.mp4'],
    ['an encrypted track', 'video-*.mp4'],
    ['a manifest', 'manifest.mpd'],
    ['a playlist', 'master.m3u8'],
  ])('in place of %s fails the package, and the key is not read', async (what, files) => {
    disarm();
    const context = await openPipeline();
    const video = await upload(context, withText());
    const check = guarded(context);
    armTools(files, linkTo(masterKeyFile(context.settings.STORAGE_DIR)));
    if (what === 'an encrypted track') writeFileSync(ffmpeg, `#!/bin/sh\nexec ${real} "$@"\n`);
    const { package: row } = await packageToEnd(context, video.id, null, 'cenc');
    expect(row).toMatchObject(refused);
    check();
    await expectNothingLeft(context);
  });

  it('in place of a poster gets no poster served', async () => {
    disarm();
    const context = await openPipeline();
    const video = await upload(context, tiny());
    const check = guarded(context);
    armTools('*.jpg', linkTo(masterKeyFile(context.settings.STORAGE_DIR)));
    await expect(openPoster(context, video.id)).rejects.toMatchObject({ code: 'poster-not-available' });
    check();
    await expectNothingLeft(context);
  });

  it('in place of uploaded subtitles gets none stored', async () => {
    disarm();
    const context = await openPipeline();
    const video = await upload(context, tiny());
    const check = guarded(context);
    armTools('vtt', linkTo(masterKeyFile(context.settings.STORAGE_DIR)));
    const subtitles = path.join(tempFolder(), 'a.srt');
    writeFileSync(subtitles, srtText);
    const received = receive(context, subtitles);
    const text = { language: 'en', label: 'English', role: 'subtitle' } as const;
    await expect(addText(context, video.id, received, text)).rejects.toMatchObject({
      code: 'tool-output-refused',
    });
    check();
    await import('node:fs/promises').then(({ rm }) => rm(received.path)); // as the request does
    await expectNothingLeft(context);
  });
});

describe('a change of a package by a compromised tool', () => {
  it('leaves the package as it is: new keys, and an added audio track', async () => {
    disarm();
    const context = await openPipeline();
    const video = await upload(context, tiny());
    const { package: before } = await packageToEnd(context, video.id, null, 'cenc');
    const check = guarded(context);
    armTools('{video,audio}-*.mp4', linkTo(masterKeyFile(context.settings.STORAGE_DIR)));
    await rekeyPackage(context, before.id, null);
    const rekeyed = await workToEnd(context, before.id);
    const same = { status: 'ready', currentVersion: before.currentVersion };
    expect(rekeyed.package).toMatchObject({ ...same, errorCode: 'tool-output-refused' });
    await addAudio(context, before.id, receive(context, tiny()), { language: 'de', label: null });
    const withAdded = await workToEnd(context, before.id);
    expect(withAdded.package).toMatchObject({ ...same, errorCode: 'tool-output-refused' });
    check();
    expect(await filesBelow(workFolder(context.settings.STORAGE_DIR))).toEqual([]);
    expectClean(context);
  });
});

describe('a tool that leaves', () => {
  it.each<[string, (context: Acting, sibling: string) => string]>([
    ['a link to a file of another package', (_, sibling) => linkTo(sibling)],
    ['a link to a file of the system', () => linkTo('/etc/passwd')],
    ['a file that was not requested', () => 'cp "$f" extra.mp4'],
    ['a hard link', () => 'ln "$f" again.mp4'],
    ['a FIFO', () => 'rm -f "$f"; mkfifo "$f"'],
    ['a folder', () => 'rm -f "$f"; mkdir "$f"; touch "$f/x"; chmod 0 "$f"'],
  ])('%s fails the package; others stay as they are', async (_, attackOf) => {
    disarm();
    const context = await openPipeline();
    const folder = path.join(context.settings.STORAGE_DIR, 'packages/sibling/v1');
    await import('node:fs/promises').then(({ mkdir }) => mkdir(folder, { recursive: true }));
    const sibling = path.join(folder, 'video.mp4');
    writeFileSync(sibling, 'of another');
    const video = await upload(context, tiny());
    const check = guarded(context, sibling);
    armTools('video-*.mp4', attackOf(context, sibling));
    const { package: row } = await packageToEnd(context, video.id, null, 'cenc');
    expect(row).toMatchObject(refused);
    check();
    await expectNothingLeft(context);
    expect(readdirSync(path.join(context.settings.STORAGE_DIR, 'packages'))).toEqual(['sibling']);
  });
});

it('a copied track that lost its end is not published: the video is encoded', async () => {
  disarm();
  const context = await openPipeline();
  const video = await upload(context, tiny());
  armTools('video-source.mp4', `${real} -v error -y -i "$f" -c copy -t 2 -f mp4 half && mv half "$f"`);
  writeFileSync(packager, '#!/bin/sh\nexec "$@"\n');
  const { package: row, version } = await packageToEnd(context, video.id, null, 'cenc');
  expect(row.status).toBe('ready');
  const made = version?.tracks.filter(({ kind }) => kind === 'video');
  expect(made?.map(({ isCopied }) => isCopied)).toEqual([false]);
  expect(version?.durationSeconds).toBeCloseTo(4, 1);
  await expectNothingLeft(context);
});
