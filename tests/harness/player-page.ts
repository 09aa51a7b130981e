import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import type { PackageView } from '@/lib/packages/package-view';

const require = createRequire(import.meta.url);

/** Each player's files, from its package, and the script that starts it on the page's `<video>`. */
const players = {
  'Shaka Player': {
    files: [require.resolve('shaka-player/dist/shaka-player.compiled.js')],
    start: (links: Links) => `
      const player = new shaka.Player();
      player.addEventListener('error', ({ detail }) => report(detail.code));
      player.configure({ drm: { servers: { 'org.w3.clearkey': '${links.license}' } } });
      player.attach(video).then(() => player.load('${links.manifest}')).catch(({ code }) => report(code));`,
  },
  // It gets the manifest's address only: the manifest names the license server, in dashif:Laurl.
  'dash.js': {
    files: [require.resolve('dashjs')],
    start: (links: Links) => `
      const player = dashjs.MediaPlayer().create();
      player.on('error', ({ error }) => report(error.message));
      player.initialize(video, '${links.manifest}', false);`,
  },
  'hls.js': {
    files: [require.resolve('hls.js/dist/hls.min.js')],
    start: (links: Links) => `
      const drmSystems = { 'org.w3.clearkey': { licenseUrl: '${links.license}' } };
      const player = new Hls({ emeEnabled: true, drmSystems });
      player.on(Hls.Events.ERROR, (event, { fatal, details }) => fatal && report(details));
      player.loadSource('${links.hls}');
      player.attachMedia(video);`,
  },
  // As docs/api.md says: it takes every key line for one of AES-128, unless it is configured otherwise.
  'Video.js': {
    files: [
      require.resolve('video.js/dist/video.min.js'),
      require.resolve('videojs-contrib-eme/dist/videojs-contrib-eme.min.js'),
    ],
    start: (links: Links) => `
      const withoutKeys = { expression: /^#EXT-X-KEY:.*org.w3.clearkey/, map: () => '#EXT-X-KEY:METHOD=NONE' };
      const vhs = { overrideNative: true, customTagMappers: [withoutKeys] };
      const player = videojs(video, { html5: { vhs } });
      player.eme();
      player.on('error', () => report(player.error().message));
      const keySystems = { 'org.w3.clearkey': '${links.license}' };
      player.src({ src: '${links.hls}', type: 'application/x-mpegURL', keySystems });`,
  },
} satisfies Record<string, { files: string[]; start: (links: Links) => string }>;

type Links = PackageView['links'];
export type PlayerName = keyof typeof players;
export const playerNames = Object.keys(players) as PlayerName[]; // the keys of a literal

export interface Watched {
  /** Frames that the video element has shown by the requested time. */
  frames: number;
  /** Fatal errors that the player reported. */
  errors: string[];
  /** The paths of license requests, one for each request. */
  licenses: string[];
}

const script = (i: number) => `/__players/player-${i}.js`;

/** Plays a package to a time, on a page of the app's own origin, so that the player may request licenses. */
export async function playWith(
  browser: Browser,
  origin: string,
  name: PlayerName,
  links: Links,
  untilSeconds: number,
): Promise<Watched> {
  const page = await browser.newPage();
  const licenses: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === 'POST' && pathname.endsWith('/license')) licenses.push(pathname);
  });
  await serve(page, origin, name, links);
  await page.goto(`${origin}/__players/`);
  await untilPlayedOrFailed(page, untilSeconds);
  const seen = await page.evaluate(() => ({
    frames: document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
    errors: (document.body.dataset.errors ?? '').split('\n').filter(Boolean),
  }));
  await page.close();
  return { ...seen, licenses };
}

async function serve(page: Page, origin: string, name: PlayerName, links: Links): Promise<void> {
  const { files, start } = players[name];
  const scripts = files.map((_, i) => `<script src="${script(i)}"></script>`).join('');
  const html = `<!doctype html><title>${name}</title><body><video muted width="320"></video>
    ${scripts}<script>
      const video = document.querySelector('video');
      const report = (what) => (document.body.dataset.errors = (document.body.dataset.errors ?? '') + what + '\\n');
      video.addEventListener('canplay', () => video.play(), { once: true });
      ${start(links)}
    </script>`;
  for (const [i, file] of files.entries()) {
    const body = await readFile(file, 'utf8');
    await page.route(origin + script(i), (route) => route.fulfill({ body, contentType: 'text/javascript' }));
  }
  await page.route(`${origin}/__players/`, (route) =>
    route.fulfill({ body: html, contentType: 'text/html' }),
  );
}

/** A player that stalls reports nothing: tests assert how many frames it has shown. */
async function untilPlayedOrFailed(page: Page, seconds: number): Promise<void> {
  const isOver = (until: number) =>
    (document.querySelector('video')?.currentTime ?? 0) >= until || document.body.dataset.errors;
  await page.waitForFunction(isOver, seconds, { timeout: 20_000 }).catch(() => undefined);
}
