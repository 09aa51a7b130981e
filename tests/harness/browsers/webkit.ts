import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../app-server';
import { makeFolder } from '../make-folder';
import type { RealBrowser } from './real-browser';
import { WebDriverWindow } from './web-driver';

/**
 * WebKitGTK's MiniBrowser, driven by WebKitWebDriver. It cannot run without a display, so it gets one
 * in memory.
 */
export async function startWebKit(env: NodeJS.ProcessEnv): Promise<RealBrowser> {
  const home = makeFolder();
  const display = await startDisplay();
  const port = await freePort();
  const driver = spawn(process.env.WEBKIT_DRIVER_PATH ?? 'WebKitWebDriver', [`--port=${port}`], {
    env: {
      ...env,
      DISPLAY: display.name,
      HOME: home,
      XDG_RUNTIME_DIR: home,
      // Its language follows the locale: this one, which every system has, gives `en-US`.
      LC_ALL: 'C',
    },
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${port}`;
  while (driver.exitCode === null && !(await isReady(address))) await sleep(50);
  const window = await WebDriverWindow.open(address, {
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation', '--autoplay-policy=allow'] },
  });
  return {
    version: window.version,
    goto: (url) => window.goto(url),
    evaluate: (expression) => window.evaluate(expression),
    click: (selector) => window.click(selector),
    screenshot: () => window.screenshot(),
    async close() {
      await window.close();
      await end(driver);
      await end(display.process);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Debian installs it in the library folder of the architecture. */
function miniBrowser(): string {
  const [found] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser');
  if (!found) throw new Error('MiniBrowser is not installed.');
  return found;
}

const isReady = (driver: string) =>
  fetch(`${driver}/status`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Xvfb chooses a free number and writes it to a descriptor. */
async function startDisplay(): Promise<{ name: string; process: ChildProcess }> {
  const xvfb = spawn(
    process.env.XVFB_PATH ?? 'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const [number] = await once(xvfb.stdio[3] as Readable, 'data'); // a pipe, by `stdio` above
  return { name: `:${String(number).trim()}`, process: xvfb };
}

async function end(child: ChildProcess): Promise<void> {
  child.kill();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
