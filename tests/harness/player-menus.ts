import type { Page } from 'playwright-core';

/** Waits until the video has played to a time. */
export const untilPlayed = (page: Page, seconds: number) =>
  page.waitForFunction((until) => (document.querySelector('video')?.currentTime ?? 0) >= until, seconds, {
    timeout: 60_000,
  });

/** The button of the settings menu. */
export const settings = (page: Page) => page.locator('.shaka-overflow-menu-button');

/** Opens a menu by its button and presses an item; `button` is in the settings menu, except for captions. */
export async function choose(page: Page, button: string, item: string): Promise<void> {
  await page.mouse.move(300 + Math.random() * 50, 200);
  if (!button.includes('caption')) await settings(page).click();
  await page.locator(button).locator('visible=true').click();
  const items = page.locator('.shaka-settings-menu, .shaka-sub-menu').locator('button:visible');
  await items.filter({ hasText: new RegExp(`^${item}$`) }).click();
  await page.keyboard.press('Escape');
}
