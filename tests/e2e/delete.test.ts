import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sourceClip } from '../fixtures/source-clips';
import { packageUntilReady, postJson, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import { filesOfJobs } from '../harness/leftovers';
import { filesBelow } from '../harness/temp-folder';

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer();
});
afterAll(() => server.stop());

const keptFiles = async () => [
  ...(await filesBelow(server.storage)).filter((file) =>
    /^(uploads|incoming|packages|posters|texts)\//.test(file),
  ),
  ...(await filesOfJobs(server.storage)),
];

it('deleting a package keeps its video; deleting a video leaves nothing behind', async () => {
  const video = await uploadFile(server.origin, sourceClip('no-audio.mp4'));
  const made = await packageUntilReady(server.origin, video.id);
  expect((await fetch(server.origin + video.links.poster)).status).toBe(200);
  expect((await fetch(server.origin + made.links.self, { method: 'DELETE' })).status).toBe(204);
  expect((await fetch(server.origin + (made.links.manifest ?? ''))).status).toBe(404);
  expect((await postJson(server.origin + made.links.license, { kids: ['A'.repeat(22)] })).status).toBe(404);
  expect((await fetch(server.origin + video.links.self)).status).toBe(200);
  expect((await fetch(server.origin + video.links.self, { method: 'DELETE' })).status).toBe(204);
  expect((await fetch(server.origin + video.links.self)).status).toBe(404);
  expect(await keptFiles()).toEqual([]);
});

it('deleting a video during packaging ends the work and leaves nothing behind', async () => {
  const video = await uploadFile(server.origin, sourceClip('mpeg2-interlaced.mpg'));
  const requested = await (await postJson(server.origin + video.links.packages, {})).json();
  let status = '';
  while (status !== 'processing')
    status = (await (await fetch(server.origin + requested.links.self)).json()).status;
  expect((await fetch(server.origin + video.links.self, { method: 'DELETE' })).status).toBe(204);
  // The worker notices the deletion with its next report or heartbeat.
  while ((await keptFiles()).length > 0) await sleep(50);
  const next = await uploadFile(server.origin, sourceClip('no-audio.mp4'));
  expect((await packageUntilReady(server.origin, next.id)).status).toBe('ready');
  expect(await filesOfJobs(server.storage)).toEqual([]);
});
