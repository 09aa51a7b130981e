import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { chromiumFlags } from '../browser';
import type { RealBrowser } from './real-browser';

/** Debian's Chromium, unmuted. */
export async function startChromium(env: NodeJS.ProcessEnv): Promise<RealBrowser> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [...chromiumFlags, '--accept-lang=en-US'],
    ignoreDefaultArgs: ['--mute-audio'],
    env: definedOf(env),
  });
  const page = await browser.newPage();
  return {
    version: `Chromium ${browser.version()}`,
    goto: async (address) => void (await page.goto(address)),
    evaluate: (expression) => page.evaluate(expression),
    click: (selector) => page.click(selector),
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
  };
}

/**
 * Debian's Firefox, driven by WebDriver BiDi: playwright-core 1.65 sends commands that Firefox 153
 * does not have.
 */
export async function startFirefox(env: NodeJS.ProcessEnv): Promise<RealBrowser> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr',
    headless: true,
    env,
    extraPrefsFirefox: {
      'media.autoplay.default': 0,
      'intl.accept_languages': 'en-US',
      // Its ClearKey comes with the package: none is downloaded.
      'media.gmp-manager.updateEnabled': false,
    },
  });
  const page = await browser.newPage();
  return {
    version: await browser.version(),
    goto: async (address) => void (await page.goto(address, { waitUntil: 'domcontentloaded' })),
    evaluate: async <T>(expression: string) => (await page.evaluate(expression)) as T, // the caller's type
    click: (selector) => page.click(selector),
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
  };
}

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
