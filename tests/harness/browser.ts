import { type Browser, chromium, type Response } from 'playwright-core';

export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** See every answer that pages get. */
export const responseListeners: ((response: Response) => void)[] = [];

/** Starts the system's Chromium, which decodes H.264 and AAC and has Clear Key. */
export async function startBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: chromiumFlags,
  });
  browser.on('context', (context) => {
    for (const listener of responseListeners) context.on('response', listener);
  });
  return browser;
}
