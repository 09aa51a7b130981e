import { describe, expect, it } from 'vitest';
import { packageView } from '@/lib/packages/package-view';
import { sampleVersion } from '@/tests/harness/sample-database';

const createdAt = new Date('2026-11-22T10:00:00.500Z');
const row = {
  id: 7,
  videoId: 3,
  mediaId: 'ab',
  scheme: 'cbcs' as const,
  keyMode: 'one' as const,
  signalling: [],
  status: 'processing' as const,
  stage: 'copy' as const,
  progress: 0.31,
  currentVersion: null,
  downloadFolder: null,
  downloadBytes: null,
  downloadSha256: null,
  errorCode: null,
  errorMessage: null,
  createdAt,
  readyAt: null,
};
const video = { name: 'movie.mp4', title: 'A movie', durationSeconds: 10 };
const keys = [
  ['used', 'a7e61c373e219033c21091fa607bf3b8'] as const,
  ['older', '0'.repeat(32)] as const,
  ['waiting', 'f'.repeat(32)] as const,
  ['retired', 'e'.repeat(32)] as const,
].map(([state, kidHex], id) => ({
  ...{ id, packageId: 7, label: 'all' as const },
  ...{ state, kidHex, wrappedKey: 'wrapped-secret', lastVersion: null },
}));

describe('a package as the API shows it', () => {
  it('is not playable before its first version', () => {
    expect(packageView({ package: row, video, version: null, keys, waiting: null, textIds: [] })).toEqual({
      id: 7,
      videoId: 3,
      videoName: 'movie.mp4',
      videoTitle: 'A movie',
      mediaId: 'ab',
      scheme: 'cbcs',
      keyMode: 'one',
      kids: ['a7e61c373e219033c21091fa607bf3b8'],
      status: 'processing',
      stage: 'copy',
      progress: 0.31,
      waiting: null,
      playable: false,
      version: null,
      durationSeconds: 10,
      sizeBytes: null,
      tracks: [],
      textsBehind: false,
      notCarried: [],
      error: null,
      createdAt: '2026-11-22T10:00:00.500Z',
      readyAt: null,
      links: {
        self: '/api/packages/7',
        play: '/play/7',
        license: '/api/packages/7/license',
        keys: '/api/packages/7/keys',
        rekey: '/api/packages/7/rekey',
        audio: '/api/packages/7/audio',
        manifest: null,
        hls: null,
        download: null,
      },
    });
  });

  it('is playable with a version, at the addresses of that version', () => {
    const version = {
      ...sampleVersion(2),
      notCarried: ['A font.'],
      id: 1,
      packageId: 7,
      checksums: null,
      publishedAt: createdAt,
    };
    const ready = {
      ...row,
      status: 'ready' as const,
      stage: null,
      currentVersion: 2,
      readyAt: createdAt,
      downloadFolder: 'download-1',
      downloadBytes: 100,
    };
    expect(packageView({ package: ready, video, version, keys, waiting: null, textIds: [] })).toMatchObject({
      playable: true,
      version: 2,
      sizeBytes: 6_400_100,
      tracks: version.tracks,
      notCarried: ['A font.'],
      readyAt: '2026-11-22T10:00:00.500Z',
      links: {
        manifest: '/media/ab/v2/manifest.mpd',
        hls: '/media/ab/v2/master.m3u8',
        download: '/download/7',
      },
    });
  });

  it('says why it failed', () => {
    const failed = {
      ...row,
      status: 'failed' as const,
      errorCode: 'encode-failed',
      errorMessage: 'Export it again.',
    };
    expect(
      packageView({ package: failed, video, version: null, keys, waiting: null, textIds: [] }).error,
    ).toEqual({
      code: 'encode-failed',
      message: 'Export it again.',
    });
  });

  it('holds no key, not even a wrapped one', () => {
    expect(
      JSON.stringify(packageView({ package: row, video, version: null, keys, waiting: null, textIds: [] })),
    ).not.toContain('secret');
  });
});
