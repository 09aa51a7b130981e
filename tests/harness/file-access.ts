import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { expect, type TestContext } from 'vitest';
import { readSettings } from '@/lib/base/env';
import { runFfprobe } from '@/lib/ffmpeg/run-ffmpeg';
import { ToolRunner } from '@/lib/processes/tool-runner';
import { type Bait, hostileFiles } from '../fixtures/hostile-files';
import { type GeneratedFile, smallClip } from '../fixtures/mutations';
import { reportFault, times } from './fault-table';
import { endingsOf } from './file-endings';
import { makeFolder } from './make-folder';
import { tempFolder } from './temp-folder';
import type { ToolCalls } from './traced-tools';

/** A tool's own libraries, and the files that they read when they start. */
const ofTheSystem = new RegExp(
  [
    /^\/(usr\/(local\/)?)?lib\d*\//,
    /^\/etc\/(ld\.so\.(cache|preload)|gcrypt\/\w+\.\w+|localtime)$/,
    /^\/dev\/(null|u?random)$/,
    /^\/proc\/(filesystems|mounts|meminfo|cpuinfo|stat|self\/(status|maps)|sys\/(crypto|vm)\/\w+)$/,
    // Where Abseil looks for time zones.
    /\/(zoneinfo|tz)\/([\w/]+\/)?tzdata$/,
    /^\/sys\/devices\/system\/(cpu|node)(\/|$)/,
  ]
    .map(({ source }) => source)
    .join('|'),
);
/** A run's own names are relative; outputs, and a version to be verified, are in a folder beside. */
const ofTheRun = /^(?!.*\.\.)[^/]|^\.\.\/(v\d+-job\d+-\d+|tracks)(-\w+)?\/(?!.*\.\.)/;
/** What the server hands to a tool: received files, uploads, the folders of an attempt. */
const ofTheJob = new RegExp(`^${os.tmpdir()}/cenclave-test-[^/]+/(incoming|uploads|work)/`);

/** The calls that reach for anything but the tool's own files. */
function strange(calls: ToolCalls[]): string[] {
  const isOwn = (file: string) =>
    path.isAbsolute(file)
      ? [ofTheSystem, ofTheJob].some((place) => place.test(path.normalize(file)))
      : ofTheRun.test(file);
  return calls.flatMap(({ tool, opened, sockets }) =>
    [...opened.filter((file) => !isOwn(file)), ...sockets].map((call) => `${path.basename(tool)}: ${call}`),
  );
}

/** A server that counts connections. */
async function listen() {
  let visits = 0;
  const server = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { address: `http://127.0.0.1:${port}`, visits: () => visits, close: () => server.close() };
}

/** Uploads and packages files that name a bait; no tool may reach for it, nor for anything else. */
export async function expectNoForeignReads(
  context: TestContext,
  traces: () => ToolCalls[],
  traced: { fault: string; withAudio: boolean },
) {
  const folder = makeFolder();
  const server = await listen();
  const bait = { file: path.join(folder, 'secret.ts'), address: server.address };
  writeFileSync(bait.file, smallClip('ts'));
  try {
    await showThatTheBaitWorks(bait, traces);
    const visits = server.visits();
    const found = [];
    const files = namingTheBait(bait, traced.withAudio);
    for (const file of files) {
      const [ending] = await endingsOf([file]);
      const calls = traces();
      expect([ending?.faults, calls.length > 0]).toEqual([[], true]);
      if (strange(calls).length > 0) found.push({ file: file.name, calls: strange(calls) });
    }
    reportFault(context, {
      fault: traced.fault,
      tried: files.length,
      survived: files.length - found.length,
      lost: found.length,
    });
    expect(found).toEqual([]);
    expect(server.visits()).toBe(visits);
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

/** Files that name the bait, and a valid one, which goes through every tool. */
function namingTheBait(bait: Bait, withAudio: boolean): GeneratedFile[] {
  const isReference = ({ name }: GeneratedFile) => name.startsWith('reference');
  const naming = /^(hls|dash|ffconcat|svg|sdp|mp4-(then|head)-playlist|playlist-then)/;
  const all = hostileFiles(bait);
  const others = all.filter(({ name }) => naming.test(name));
  return [
    ...all.filter(isReference),
    ...others.filter((_, i) => i % times({ full: 1, quick: 8 }) === 0),
    ...(withAudio ? [{ name: 'valid.mp4', bytes: () => smallClip('mp4') }] : []),
  ];
}

/** Checks that ffprobe without limits on its input reaches for the bait, and that the trace shows it. */
async function showThatTheBaitWorks(bait: Bait, traces: () => ToolCalls[]): Promise<void> {
  const folder = tempFolder();
  const entries = [bait.file, `${bait.address}/a.ts`].map((target) => `#EXTINF:1,\n${target}\n`);
  const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:1\n${entries.join('')}#EXT-X-ENDLIST\n`;
  const reference = hostileFiles(bait).find(({ name }) => name === 'reference-to-file.mov');
  const inputs = { 'control.m3u8': playlist, 'control.mov': reference?.bytes() ?? '' };
  const carelessly = {
    'control.m3u8': ['-protocol_whitelist', 'file,crypto,http,tcp', '-allowed_extensions', 'ALL'],
    'control.mov': ['-enable_drefs', '1'],
  };
  for (const [name, content] of Object.entries(inputs)) {
    writeFileSync(path.join(folder, name), content);
    const options = carelessly[name as keyof typeof inputs]; // the same names
    const args = ['-v', 'quiet', ...options, '-show_packets', '-i', name];
    // The programs to trace are named after this module is loaded.
    await runFfprobe(new ToolRunner(readSettings(process.env)), { args, folder, timeoutSeconds: 20 }).catch(
      () => {},
    ); // a sandbox hides both
    const calls = traces();
    expect(calls.flatMap(({ opened }) => opened).filter((file) => file.endsWith(bait.file))).not.toEqual([]);
    expect(strange(calls).some((call) => call.includes('socket(AF_INET'))).toBe(name === 'control.m3u8');
  }
}
