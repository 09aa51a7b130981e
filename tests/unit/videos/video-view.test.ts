import { expect, it } from 'vitest';
import type { VideoStream } from '@/lib/media/source-probe';
import { videoView } from '@/lib/videos/video-view';
import { sampleAudio, sampleProbe, sampleVideo } from '@/tests/harness/sample-probe';

const row = (videos: VideoStream[]) => ({
  id: 7,
  name: 'movie.mp4',
  title: 'A movie',
  description: 'About nothing.',
  storageKey: 'uploads/secret.mp4',
  sizeBytes: 6_400_000,
  sha256: null,
  durationSeconds: 10,
  probe: sampleProbe({ videos, audios: [sampleAudio(), sampleAudio({ codec: 'opus' })] }),
  ownerId: null,
  visibility: 'private' as const,
  createdAt: new Date('2026-11-22T10:00:00.500Z'),
});

const nobodys = { owner: null, allowed: [] };

it('shows a video, and not where it is stored', () => {
  const view = videoView(row([sampleVideo()]), [], nobodys);
  expect(view).toEqual({
    id: 7,
    name: 'movie.mp4',
    title: 'A movie',
    description: 'About nothing.',
    owner: null,
    sizeBytes: 6_400_000,
    sha256: null,
    durationSeconds: 10,
    picture: { width: 1920, height: 1080, codec: 'h264', framesPerSecond: 25 },
    hasPoster: true,
    audioCodecs: ['aac', 'opus'],
    notCarried: [],
    visibility: 'private',
    allowed: [],
    createdAt: '2026-11-22T10:00:00.500Z',
    packages: [],
    links: {
      self: '/api/videos/7',
      page: '/videos/7',
      poster: '/api/videos/7/poster',
      packages: '/api/videos/7/packages',
      texts: '/api/videos/7/texts',
    },
  });
});

it.each<[string, VideoStream[], object | null]>([
  ['upright', [sampleVideo()], { width: 1920, height: 1080 }],
  ['turned by 90°', [sampleVideo({ rotationDegrees: 90 })], { width: 1080, height: 1920 }],
  ['turned by 180°', [sampleVideo({ rotationDegrees: 180 })], { width: 1920, height: 1080 }],
  ['turned by 270°', [sampleVideo({ rotationDegrees: 270 })], { width: 1080, height: 1920 }],
  ['none', [], null],
])('shows the size: %s', (_, videos, size) => {
  const view = videoView(row(videos), [], nobodys);
  if (size) expect(view.picture).toMatchObject(size);
  else expect(view.picture).toBeNull();
});

// PAL DVD: 720 × 576 coded, 1024 × 576 as shown, which is also the size of its rendition.
it('shows the displayed size, with square pixels', () => {
  const view = videoView(row([sampleVideo({ width: 720, height: 576, pixelAspect: 64 / 45 })]), [], nobodys);
  expect(view.picture).toMatchObject({ width: 1024, height: 576 });
});

it('shows the stream that is packaged', () => {
  const first = sampleVideo({ isDefault: false, width: 640, height: 360 });
  const view = videoView(row([first, sampleVideo({ index: 1, isDefault: true })]), [], nobodys);
  expect(view.picture).toMatchObject({ width: 1920, height: 1080 });
});
