import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchForKey } from '@/app/_features/player/watch-video';

/** The parts of a video element that `watchForKey` uses. */
class FakeVideo extends EventTarget {
  currentTime = 0;

  advanceTo(seconds: number) {
    this.currentTime = seconds;
    this.dispatchEvent(new Event('timeupdate'));
  }

  waitForKey() {
    this.dispatchEvent(new Event('waitingforkey'));
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const watch = () => {
  const video = new FakeVideo();
  const onMissing = vi.fn();
  return { video, onMissing, stop: watchForKey(video as unknown as HTMLVideoElement, onMissing) };
};

it('reports a missing key after ten seconds', () => {
  const { video, onMissing } = watch();
  video.waitForKey();
  vi.advanceTimersByTime(9_999);
  expect(onMissing).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onMissing).toHaveBeenCalledOnce();
});

it('reports nothing once the video plays on', () => {
  const { video, onMissing } = watch();
  video.waitForKey();
  video.advanceTo(0.1);
  vi.advanceTimersByTime(60_000);
  expect(onMissing).not.toHaveBeenCalled();
});

it('does not restart its timer when the browser repeats the event', () => {
  const { video, onMissing } = watch();
  video.waitForKey();
  vi.advanceTimersByTime(6_000);
  video.waitForKey();
  video.advanceTo(0);
  vi.advanceTimersByTime(4_000);
  expect(onMissing).toHaveBeenCalledOnce();
});

it('reports nothing after it is stopped', () => {
  const { video, onMissing, stop } = watch();
  video.waitForKey();
  stop();
  video.waitForKey();
  vi.advanceTimersByTime(60_000);
  expect(onMissing).not.toHaveBeenCalled();
});
