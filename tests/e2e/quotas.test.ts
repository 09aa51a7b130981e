import { afterAll, beforeAll, expect, it } from 'vitest';
import { clip } from '../fixtures/clips';
import { postJson, uploadFile } from '../harness/api';
import { type Credentials, newUser, type ProtectedServer, startProtectedServer } from '../harness/people';

let server: ProtectedServer;
let ann: Credentials;
beforeAll(async () => {
  server = await startProtectedServer({ JOB_CONCURRENCY: '0' });
  ann = await newUser(server, 'ann', 'editor');
});
afterAll(() => server.stop());

const begin = (as: Credentials) =>
  fetch(`${server.origin}/api/uploads`, {
    method: 'POST',
    headers: {
      ...{ 'Tus-Resumable': '1.0.0', 'Upload-Length': '9', 'Upload-Metadata': `filename ${btoa('a.mp4')}` },
      ...as,
    },
  });

it('a user has at most 20 uploads open; ending one makes room', async () => {
  const begun = await Promise.all(Array.from({ length: 20 }, () => begin(ann)));
  expect(new Set(begun.map(({ status }) => status))).toEqual(new Set([201]));
  const refused = await begin(ann);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
  expect(await refused.json()).toMatchObject({ code: 'too-many-requests' });
  expect((await begin(server.root)).status).toBe(201);
  for (const answer of begun) {
    const headers = { ...ann, 'Tus-Resumable': '1.0.0' };
    await fetch(server.origin + answer.headers.get('location'), { method: 'DELETE', headers });
  }
  expect((await begin(ann)).status).toBe(201);
});

it('at most 50 packages of a user wait, and only administrators may give high priority', async () => {
  const video = await uploadFile(server.origin, clip('audio.mp4'), 'a.mp4', ann);
  const request = (as: Credentials, options: object = {}) =>
    postJson(server.origin + video.links.packages, options, as);
  const high = await request(ann, { priority: 'high' });
  expect([high.status, await high.json()]).toMatchObject([403, { code: 'not-allowed', field: 'priority' }]);
  const made = await (await request(ann)).json();
  for (let i = 1; i < 50; i += 1) expect((await request(ann)).status).toBe(202);
  const refused = await request(ann);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  expect((await request(server.root, { priority: 'high' })).status).toBe(202);
  const prioritize = (as: Credentials, priority: string) =>
    fetch(server.origin + made.links.self, {
      method: 'PATCH',
      body: JSON.stringify({ priority }),
      headers: { 'Content-Type': 'application/json', ...as },
    });
  expect((await prioritize(ann, 'high')).status).toBe(403);
  expect((await prioritize(ann, 'low')).status).toBe(200);
  expect((await prioritize(server.root, 'high')).status).toBe(200);
});
