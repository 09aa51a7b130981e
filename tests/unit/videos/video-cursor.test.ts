import { describe, expect, it } from 'vitest';
import { videoSorts } from '@/lib/media/video-list';
import { readVideoCursor, videoCursor } from '@/lib/videos/video-cursor';
import { sampleProbe } from '@/tests/harness/sample-probe';

const video = {
  id: 17,
  name: 'movie.mp4',
  title: 'Ärger "🎬" 1',
  description: '',
  storageKey: 'uploads/secret.mp4',
  sizeBytes: 2 ** 40 + 1,
  sha256: null,
  durationSeconds: 10.123456789012344,
  probe: sampleProbe(),
  ownerId: null,
  visibility: 'private' as const,
  createdAt: new Date('2026-11-22T10:00:00.500Z'),
};

describe('a cursor', () => {
  it.each([
    ['newest', 17],
    ['oldest', 17],
    ['title', video.title],
    ['longest', video.durationSeconds],
    ['largest', video.sizeBytes],
  ] as const)('keeps the place in the order %s', (sort, value) => {
    const cursor = videoCursor(sort, video);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(readVideoCursor(sort, cursor)).toEqual({ id: 17, value });
  });

  it('of the newest is an id, as in other lists', () => {
    expect(videoCursor('newest', video)).toBe('17');
  });

  it('keeps a title of the greatest length', () => {
    const title = '🎬'.repeat(200);
    const cursor = videoCursor('title', { ...video, title });
    expect(cursor.length).toBeLessThan(4000);
    expect(readVideoCursor('title', cursor)).toEqual({ id: 17, value: title });
  });

  const pairs = videoSorts.flatMap((made) =>
    videoSorts.filter((sort) => sort !== made).map((sort) => [made, sort] as const),
  );
  it.each(pairs)('of the order %s is refused in the order %s', (made, sort) => {
    const refusal = expect.objectContaining({ code: 'bad-query', field: 'cursor' });
    expect(() => readVideoCursor(sort, videoCursor(made, video))).toThrow(refusal);
  });

  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  it.each([
    ['', 'title'],
    ['0', 'newest'],
    ['-5', 'newest'],
    ['1000000000000000', 'newest'],
    ['not json', 'title'],
    [encoded(null), 'title'],
    [encoded(['title', 5, 17]), 'title'],
    [encoded(['longest', 'a', 17]), 'longest'],
    [encoded(['longest', 5, -1]), 'longest'],
    [encoded(['longest', 5, 1.5]), 'longest'],
    [encoded(['longest', 5]), 'longest'],
    [encoded(['title', 'a'.repeat(1001), 17]), 'title'],
  ] as const)('is refused when it is another text: %j', (cursor, sort) => {
    expect(() => readVideoCursor(sort, cursor)).toThrow(expect.objectContaining({ code: 'bad-query' }));
  });
});
