import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { RealBrowser } from './real-browser';

export interface VideoState {
  seconds: number;
  frames: number;
  height: number;
  bufferedUntil: number;
  isWaiting: boolean;
  /** The error that the page shows instead of the video; empty while it plays. */
  failure: string;
  captions: string;
}

const stateExpression = `(() => {
  const video = document.querySelector('video');
  const { buffered } = video ?? {};
  return {
    seconds: video?.currentTime ?? 0,
    frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
    height: video?.videoHeight ?? 0,
    bufferedUntil: buffered?.length ? buffered.end(buffered.length - 1) : 0,
    isWaiting: (video?.readyState ?? 0) < 3,
    failure: document.querySelector('[data-testid=player-error]')?.innerText ?? '',
    captions: document.querySelector('.shaka-text-container')?.innerText ?? '',
  };
})()`;

const stateOf = (browser: RealBrowser): Promise<VideoState> => browser.evaluate(stateExpression);

/** Waits until the video is in a state; fails the test at once when the page shows a failure. */
export async function untilVideo(
  browser: RealBrowser,
  isReached: (state: VideoState) => boolean,
): Promise<VideoState> {
  for (;;) {
    const state = await stateOf(browser);
    expect(state.failure).toBe('');
    if (isReached(state)) return state;
    await sleep(100);
  }
}
