import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchForKey } from '@/app/play/[id]/watch-for-key';

/** As much of a video element as is watched. */
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

it('tells after ten seconds without a key', () => {
  const { video, onMissing } = watch();
  video.waitForKey();
  vi.advanceTimersByTime(9_999);
  expect(onMissing).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onMissing).toHaveBeenCalledOnce();
});

it('is calm once the video goes on', () => {
  const { video, onMissing } = watch();
  video.waitForKey();
  video.advanceTo(0.1);
  vi.advanceTimersByTime(60_000);
  expect(onMissing).not.toHaveBeenCalled();
});

it('does not start over when the browser says it again', () => {
  const { video, onMissing } = watch();
  video.waitForKey();
  vi.advanceTimersByTime(6_000);
  video.waitForKey();
  video.advanceTo(0);
  vi.advanceTimersByTime(4_000);
  expect(onMissing).toHaveBeenCalledOnce();
});

it('watches no more once it is stopped', () => {
  const { video, onMissing, stop } = watch();
  video.waitForKey();
  stop();
  video.waitForKey();
  vi.advanceTimersByTime(60_000);
  expect(onMissing).not.toHaveBeenCalled();
});
