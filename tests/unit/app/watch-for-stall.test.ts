import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchForStall } from '@/app/_features/player/watch-video';

/** The parts of a video element that `watchForStall` uses, of one that plays and has data. */
const playing = {
  currentTime: 14,
  paused: false,
  ended: false,
  seeking: false,
  readyState: 4,
  HAVE_FUTURE_DATA: 3,
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const watch = (change: Partial<typeof playing> = {}) => {
  const video = { ...playing, ...change };
  const onStall = vi.fn();
  return { video, onStall, stop: watchForStall(video as HTMLVideoElement, onStall) };
};

it('reports a video that stands still for four seconds', () => {
  const { onStall } = watch();
  vi.advanceTimersByTime(4_000);
  expect(onStall).not.toHaveBeenCalled();
  vi.advanceTimersByTime(500);
  expect(onStall).toHaveBeenCalledOnce();
});

it('reports it again when it goes on standing still', () => {
  const { onStall } = watch();
  vi.advanceTimersByTime(8_500);
  expect(onStall).toHaveBeenCalledTimes(2);
});

it('counts anew when the video has moved, however little', () => {
  const { video, onStall } = watch();
  for (let i = 0; i < 20; i++) {
    vi.advanceTimersByTime(3_500);
    video.currentTime += 0.04;
  }
  expect(onStall).not.toHaveBeenCalled();
});

it.each<[string, Partial<typeof playing>]>([
  ['is paused', { paused: true }],
  ['is over', { ended: true }],
  ['seeks', { seeking: true }],
  ['waits for data', { readyState: 2 }],
])('reports no video that %s', (_, change) => {
  const { onStall } = watch(change);
  vi.advanceTimersByTime(60_000);
  expect(onStall).not.toHaveBeenCalled();
});

it('reports nothing after it is stopped', () => {
  const { onStall, stop } = watch();
  stop();
  vi.advanceTimersByTime(60_000);
  expect(onStall).not.toHaveBeenCalled();
});
