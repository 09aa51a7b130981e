import type { AudioStream, SourceProbe, VideoStream } from '@/lib/media/source-probe';

/** An upright, progressive 1080p H.264 stream, with what a test changes about it. */
export function sampleVideo(changes: Partial<VideoStream> = {}): VideoStream {
  return {
    index: 0,
    codec: 'h264',
    profile: 'High',
    language: 'und',
    title: null,
    startSeconds: 0,
    isDefault: true,
    width: 1920,
    height: 1080,
    pixelFormat: 'yuv420p',
    bitsPerSample: 8,
    framesPerSecond: 25,
    bitrateBps: 5_000_000,
    rotationDegrees: 0,
    isInterlaced: false,
    pixelAspect: 1,
    colorTransfer: 'bt709',
    ...changes,
  };
}

/** An English AAC-LC stereo stream, with what a test changes about it. */
export function sampleAudio(changes: Partial<AudioStream> = {}): AudioStream {
  return {
    index: 1,
    codec: 'aac',
    profile: 'LC',
    language: 'en',
    title: null,
    startSeconds: 0,
    isDefault: true,
    role: null,
    channels: 2,
    sampleRateHz: 48_000,
    bitrateBps: 128_000,
    ...changes,
  };
}

/** An MP4 of ten seconds with one video and one audio stream, with what a test changes about it. */
export function sampleProbe(changes: Partial<SourceProbe> = {}): SourceProbe {
  return {
    container: 'mov,mp4,m4a,3gp,3g2,mj2',
    durationSeconds: 10,
    startSeconds: 0,
    sizeBytes: 6_400_000,
    bitrateBps: 5_128_000,
    videos: [sampleVideo()],
    audios: [sampleAudio()],
    texts: [],
    ...changes,
  };
}
