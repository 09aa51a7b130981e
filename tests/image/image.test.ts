import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { clip } from '../fixtures/clips';
import { packageUntilReady, postJson, untilReady, uploadFile } from '../harness/api';
import { freePort } from '../harness/app-server';
import { startBrowser } from '../harness/browser';
import { startCaddy } from '../harness/caddy';
import { type Container, startContainer } from '../harness/container';
import { buildImage, type Image } from '../harness/image';
import { makeFolder } from '../harness/make-folder';
import { type Credentials, goodPassword, newToken, signIn } from '../harness/people';
import { asDocker, asPodman } from '../harness/seccomp';

const isRoot = process.getuid?.() === 0;
const email = 'ann@example.org';

/** Waits until the player has played three seconds, and returns how many frames it has shown by then. */
async function framesOf(context: BrowserContext, address: string): Promise<number> {
  const page = await context.newPage();
  await page.goto(address);
  const isPlayed = () => (document.querySelector('video')?.currentTime ?? 0) >= 3;
  await page.waitForFunction(isPlayed, undefined, { timeout: 60_000 });
  const frames = await page.evaluate(
    () => document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
  );
  await page.close();
  return frames;
}

describe.skipIf(!isRoot)('the image (needs root)', () => {
  const folder = makeFolder('/var/tmp');
  let image: Image;
  let browser: Browser;
  beforeAll(async () => {
    image = buildImage(folder);
    console.log(`The image has ${Math.round(image.sizeBytes / 1e6)} MB.`);
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    image?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A new volume, which belongs to the user of the image, as Docker makes it. */
  function newVolume(name: string): string {
    const volume = path.join(folder, name);
    mkdirSync(volume, { mode: 0o700 });
    chownSync(volume, 10_001, 10_001);
    return volume;
  }

  it('holds what runs, and nothing that builds', () => {
    const has = (name: string) =>
      execFileSync('ls', [path.join(image.files, name)])
        .toString()
        .split('\n');
    expect(has('app')).toEqual(
      [
        '.',
        'LICENSE',
        'commands',
        'db',
        'next.config.mjs',
        'node_modules',
        'package.json',
        'public',
        '',
      ].filter((name) => name !== '.'),
    );
    for (const name of ['typescript', 'esbuild', 'vitest', 'tsx'])
      expect(has('app/node_modules')).not.toContain(name);
    expect(image.sizeBytes).toBeLessThan(1_300_000_000);
  });

  it('starts without a network, and stops when it is asked to', async () => {
    const container = await startContainer(image, folder, {
      ...{ volume: newVolume('offline'), seccomp: asDocker, isOffline: true },
    });
    expect(container.output()).toContain('Create the first administrator: http://localhost:');
    expect(await container.stop()).toBe(143);
  });

  describe('with the rules of Docker', () => {
    let volume: string;
    let container: Container;
    let root: Credentials;
    let made: PackageView;
    beforeAll(async () => {
      volume = newVolume('volume');
      container = await startContainer(image, folder, { volume, seccomp: asDocker });
    });
    afterAll(() => container?.stop());

    it('runs as a user without privileges, on a root that nobody can write', () => {
      expect(container.exec('id', '-u', '-n').trim()).toBe('cenclave');
      expect(container.exec('cat', '/proc/1/status')).toMatch(/^CapEff:\t0+$/m);
      expect(container.exec('cat', '/proc/1/status')).toMatch(/^NoNewPrivs:\t1$/m);
      expect(() => container.exec('touch', '/app/.next/cache')).toThrow(/Read-only file system/);
      expect(container.exec('sh', '-c', 'touch /tmp/a /data/a && rm /data/a && echo written')).toBe(
        'written\n',
      );
    });

    it('the first administrator is created by the link that it prints', async () => {
      const [, origin, token] = /administrator: (\S+)\/setup#(\S+)/.exec(container.output()) ?? [];
      expect(origin).toBe(container.origin);
      const person = { token, name: 'Ann', email, password: goodPassword };
      expect((await postJson(`${container.origin}/api/setup`, person)).status).toBe(204);
      root = await signIn(container, email);
    });

    it('says that the tools have no sandbox, and why', async () => {
      const health = await (await fetch(`${container.origin}/api/health`, { headers: root })).json();
      expect(health).toMatchObject({ status: 'ok', sandbox: 'none' });
      expect(health.warnings.join()).toMatch(
        /without a sandbox: bubblewrap does not work here .*seccomp profile/,
      );
      expect(container.output()).toContain('Tools run without a sandbox');
    });

    it('packages an upload by the old lines of curl, with a token', async () => {
      const { Authorization = '' } = await newToken(container, root, [
        'video.write',
        'package.write',
        'video.read',
      ]);
      const user = ['-u', `api:${Authorization.slice('Bearer '.length)}`];
      const curl = (...args: string[]) =>
        JSON.parse(execFileSync('curl', ['-sS', ...user, ...args]).toString());
      const form = ['-F', `file=@${clip('h264-aac.mp4')}`, `${container.origin}/upload_input_content`];
      expect(curl(...form)).toEqual({ input_content_id: 1 });
      const [key, kid] = ['76a6c65c5ea762046bd749a2e632ccbb', 'a7e61c373e219033c21091fa607bf3b8'];
      const body = ['-H', 'Content-Type: application/json', '-d', JSON.stringify({ id: 1, key, kid })];
      const done = curl('-X', 'POST', ...body, `${container.origin}/packaged_content`);
      expect(done).toEqual({ packaged_content_id: 1 });
      const view = await (await fetch(`${container.origin}/api/packages/1`, { headers: root })).json();
      made = await untilReady(container.origin, view, root);
    });

    it('the package plays in Chromium', async () => {
      const context = await browser.newContext();
      const person = { email, password: goodPassword };
      await context.request.post(`${container.origin}/api/session`, { data: person });
      expect(await framesOf(context, container.origin + made.links.play)).toBeGreaterThanOrEqual(60);
      await context.close();
    });

    it('the commands of the operator work in it', () => {
      const node = (...args: string[]) => container.exec('node', ...args);
      expect(node('commands/admin.mjs', 'create', 'bob@example.org')).toMatch(
        /http:\/\/localhost:\d+\/invitation#/,
      );
      expect(node('commands/backup.mjs', '/data/copy.db')).toContain('The database is in /data/copy.db');
      expect(container.exec('rm', '/data/copy.db')).toBe('');
      expect(node('commands/doctor.mjs')).toContain('All is well.');
    });

    describe('behind Caddy, after a restart', () => {
      let caddy: { stop(): Promise<void> };
      let origin: string;
      beforeAll(async () => {
        await container.stop();
        const ports = { http: await freePort(), https: await freePort() };
        origin = `https://localhost:${ports.https}`;
        const settings = { PUBLIC_URL: origin, TRUSTED_PROXIES: '127.0.0.1,::1' };
        container = await startContainer(image, folder, { volume, seccomp: asDocker, settings });
        caddy = await startCaddy(new URL(container.origin).host, ports, folder);
        const plain = await fetch(`http://localhost:${ports.http}/`, { redirect: 'manual' });
        expect([plain.status, plain.headers.get('location')]).toEqual([
          308,
          expect.stringMatching(/^https:/),
        ]);
      });
      afterAll(() => caddy?.stop());

      const newContext = () => browser.newContext({ ignoreHTTPSErrors: true });

      it('an administrator signs in, uploads and watches', async () => {
        const context = await newContext();
        const data = { email, password: goodPassword };
        expect((await context.request.post(`${origin}/api/session`, { data })).status()).toBe(204);
        expect(await context.cookies()).toMatchObject([
          { name: '__Host-cenclave', secure: true, httpOnly: true },
        ]);
        expect(await framesOf(context, origin + made.links.play)).toBeGreaterThanOrEqual(60);
        const page = await context.newPage();
        await page.goto(origin);
        await page.getByText(made.videoTitle).first().waitFor();
        await context.close();
        const ann = await signIn({ origin }, email);
        const video = await uploadFile(origin, clip('audio.mp4'), 'song.mp4', ann);
        await packageUntilReady(origin, video.id, {}, ann);
      });

      it('a viewer watches by a share link, and that only', async () => {
        const ann = await signIn({ origin }, email);
        const made2 = await postJson(`${origin}/api/packages/1/shares`, {}, { ...ann, Origin: origin });
        const { url } = await made2.json();
        expect(url).toMatch(new RegExp(`^${origin}/`));
        const context = await newContext();
        const data = { secret: url.split('/').at(-1) };
        const opened = await (await context.request.post(`${origin}/api/shares/open`, { data })).json();
        expect(opened).toEqual({ play: '/play/1' });
        expect(await framesOf(context, origin + opened.play)).toBeGreaterThanOrEqual(60);
        const other = await context.request.get(`${origin}/api/packages/2`);
        expect([401, 403, 404]).toContain(other.status());
        expect((await context.request.get(`${origin}/api/videos`)).ok()).toBe(false);
        await context.close();
        const stranger = await newContext();
        expect((await stranger.request.get(origin + made.links.manifest)).status()).toBe(401);
        await stranger.close();
      });
    });
  });

  it('the sandbox works with the rules of Podman, as deploy/compose.sandbox.yaml sets them', async () => {
    const container = await startContainer(image, folder, {
      ...{
        volume: newVolume('sandbox'),
        seccomp: asPodman(),
        settings: { SANDBOX: 'required', ACCESS: 'open' },
      },
    });
    try {
      const health = await (await fetch(`${container.origin}/api/health`)).json();
      expect(health).toMatchObject({ status: 'ok', sandbox: 'bubblewrap', warnings: [] });
      const video = await uploadFile(container.origin, clip('h264-aac.mp4'));
      await packageUntilReady(container.origin, video.id);
    } finally {
      await container.stop();
    }
  });
});
