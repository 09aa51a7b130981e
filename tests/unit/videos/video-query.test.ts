import { describe, expect, it } from 'vitest';
import { readInput } from '@/lib/http/field';
import { videoPageRequest, videoQuery, wordsOf } from '@/lib/videos/video-query';

const read = (query: string, userId: string | null = 'ann') =>
  videoPageRequest(readInput(videoQuery, Object.fromEntries(new URLSearchParams(query))), userId);

describe('a query for videos', () => {
  it.each([
    ['', { limit: 50, sort: 'newest' }],
    ['limit=24&page=3', { limit: 24, sort: 'newest', skip: 48 }],
    ['page=1', { limit: 50, sort: 'newest', skip: 0 }],
    ['cursor=17', { limit: 50, sort: 'newest', after: { id: 17, value: 17 } }],
    ['sort=title&status=in-progress', { limit: 50, sort: 'title', status: 'in-progress' }],
    ['owner=u1', { limit: 50, sort: 'newest', ownerId: 'u1' }],
    ['owner=me', { limit: 50, sort: 'newest', ownerId: 'ann' }],
    ['q=', { limit: 50, sort: 'newest' }],
    ['q=Lesson+"one', { limit: 50, sort: 'newest', words: ['Lesson', 'one'] }],
    [
      'from=2026-05-01&to=2026-05-01',
      { from: new Date('2026-05-01T00:00:00Z'), until: new Date('2026-05-02T00:00:00Z') },
    ],
    [
      'from=2026-05-01T08:00:00Z&to=2026-05-01T10:00:00%2B02:00',
      { from: new Date('2026-05-01T08:00:00Z'), until: new Date('2026-05-01T08:00:00.001Z') },
    ],
    ['other=x', { limit: 50, sort: 'newest' }],
  ])('is read: %s', (query, expected) => {
    expect(read(query)).toMatchObject(expected);
  });

  it.each([
    ['sort=best', 'sort'],
    ['sort=', 'sort'],
    ['sort=constructor', 'sort'],
    ['status=queued', 'status'],
    ['owner=', 'owner'],
    [`q=${'a'.repeat(201)}`, 'q'],
    ['from=yesterday', 'from'],
    ['from=2026-02-30', 'from'],
    ['to=2026-05-01T08:00', 'to'],
    ['limit=0', 'limit'],
    ['page=0', 'page'],
    ['page=1.5', 'page'],
    ['page=2&cursor=17', 'page'],
    ['cursor=x', 'cursor'],
    ['sort=title&cursor=17', 'cursor'],
  ])('is refused, naming what is wrong: %s', (query, field) => {
    expect(() => read(query)).toThrow(expect.objectContaining({ code: 'bad-query', field }));
  });

  it('has no "me" where nobody is signed in', () => {
    const refusal = expect.objectContaining({ code: 'bad-query', field: 'owner' });
    expect(() => read('owner=me', null)).toThrow(refusal);
    expect(read('owner=u1', null)).toMatchObject({ ownerId: 'u1' });
  });
});

it.each([
  ['', []],
  [' \t ', []],
  ['"*-()', []],
  ['one', ['one']],
  ['one  two ', ['one', 'two']],
  ['IMG_0042.mp4', ['IMG', '0042', 'mp4']],
  ['title:x OR "y"', ['title', 'x', 'OR', 'y']],
  ['Müller mu\u0308ller', ['Müller', 'mu\u0308ller']],
  ['Урок 3', ['Урок', '3']],
  ['a\0b', ['a', 'b']],
])('the words of %j are %j', (q, words) => {
  expect(wordsOf(q)).toEqual(words);
});
