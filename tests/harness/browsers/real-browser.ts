import type { AudioDevice } from './audio-device';
import { startChromium, startFirefox } from './by-library';
import { startWebKit } from './webkit';

/** A window of a browser as the system ships it, with the commands that all browser tests share. */
export interface RealBrowser {
  version: string;
  goto(address: string): Promise<void>;
  /** The value of an expression in the page, once it has settled. JSON must be able to hold it. */
  evaluate<T>(expression: string): Promise<T>;
  /** Presses the mouse on an element, as a person does: browsers let a page play audio after that. */
  click(selector: string): Promise<void>;
  /** What the window shows, as PNG. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export const browserNames = ['Chromium', 'Firefox', 'WebKit'] as const;
export type BrowserName = (typeof browserNames)[number];

/** Starts a browser whose language is English. */
export function startRealBrowser(name: BrowserName, device: AudioDevice): Promise<RealBrowser> {
  const start = { Chromium: startChromium, Firefox: startFirefox, WebKit: startWebKit }[name];
  return start({ ...process.env, ...device.env });
}
