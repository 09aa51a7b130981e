import { describe, expect, it } from 'vitest';
import type { VideoFilter, VideoPageRequest } from '@/lib/ledger/ledger';
import type { NewVideo, VideoRecord } from '@/lib/ledger/records';
import { type VideoSort, videoSorts } from '@/lib/media/video-list';
import { sampleVersion } from '@/tests/harness/sample-database';
import type { Adapter, OpenAdapter } from '../adapters';
import { addPackages, failure, sampleUpload } from '../samples';

/** Adds a video of each title; the first is the oldest. */
async function openWith(open: OpenAdapter, all: Partial<NewVideo>[]) {
  const adapter = open();
  const ids: number[] = [];
  for (const changes of all) ids.push((await adapter.ledger.addVideo(sampleUpload(changes))).id);
  const numbersOf = (rows: { id: number }[]) => rows.map(({ id }) => ids.indexOf(id));
  return {
    ...{ ...adapter, ids },
    /** The numbers of the videos of a page, and how many its filter finds. */
    list: async (page: Partial<VideoPageRequest>) =>
      numbersOf(await adapter.ledger.listVideos({ limit: 99, ...page })),
    found: async (filter: VideoFilter) => {
      const rows = await adapter.ledger.listVideos({ limit: 99, sort: 'oldest', ...filter });
      expect(await adapter.ledger.countVideos(filter)).toBe(rows.length);
      return numbersOf(rows);
    },
  };
}

const sortValueOf = (sort: VideoSort, video: VideoRecord) =>
  ({
    title: video.title,
    longest: video.durationSeconds,
    largest: video.sizeBytes,
    newest: video.id,
    oldest: video.id,
  })[sort];

/** What every adapter does with lists of videos. */
export function describeVideoLists(open: OpenAdapter): void {
  describe('a list of videos', () => {
    const varied = [
      { title: 'beta', durationSeconds: 10.25, sizeBytes: 300 },
      { title: 'Alpha', durationSeconds: 99, sizeBytes: 100 },
      { title: 'Beta', durationSeconds: 10.25, sizeBytes: 300 },
      { title: 'gamma', durationSeconds: 9.5, sizeBytes: 2 ** 40 },
      { title: 'alpha 2', durationSeconds: 100, sizeBytes: 100 },
    ];

    it.each<[VideoSort, number[]]>([
      ['newest', [4, 3, 2, 1, 0]],
      ['oldest', [0, 1, 2, 3, 4]],
      ['title', [1, 4, 0, 2, 3]],
      ['longest', [4, 1, 2, 0, 3]],
      ['largest', [3, 2, 0, 4, 1]],
    ])('is sorted: %s', async (sort, expected) => {
      const { list } = await openWith(open, varied);
      expect(await list({ sort })).toEqual(expected);
    });

    it.each(videoSorts)('is paged by position and by number, in the order %s', async (sort) => {
      const { ledger, list } = await openWith(open, varied);
      const all = await list({ sort });
      const pages: VideoRecord[][] = [];
      for (let last: VideoRecord | undefined; pages.length < 9; last = pages.at(-1)?.at(-1)) {
        const after = last && { id: last.id, value: sortValueOf(sort, last) };
        pages.push(await ledger.listVideos({ limit: 2, sort, after }));
        if (pages.at(-1)?.length === 0) break;
      }
      expect(pages.map(({ length }) => length)).toEqual([2, 2, 1, 0]);
      expect(pages.flat()).toEqual(await ledger.listVideos({ limit: 9, sort }));
      expect(await list({ sort, limit: 2, skip: 2 })).toEqual(all.slice(2, 4));
      expect(await list({ sort, limit: 2, skip: 9 })).toEqual([]);
    });

    it('continues after a video that is gone, and among others that came', async () => {
      const { ledger, list, ids } = await openWith(open, varied);
      await ledger.removeVideo(ids[0] ?? 0);
      await ledger.addVideo(sampleUpload({ title: 'aardvark' }));
      expect(await list({ sort: 'title', after: { id: ids[0] ?? 0, value: 'beta' } })).toEqual([2, 3]);
    });
  });

  describe('a search', () => {
    const texts = [
      { title: 'Biology: lesson 1', description: 'Cells, under the microscope', name: 'IMG_0042.mp4' },
      { title: 'Ärger in Café Müller', name: 'urlaub-2024.mov' },
      { title: 'Lesson 10', description: 'biology again' },
      { title: 'Урок 3', name: 'lesson.mp4' },
    ];

    it.each<[string, string[], number[]]>([
      ['everything', [], [0, 1, 2, 3]],
      ['a word of any text, in any case', ['LESSON'], [0, 2, 3]],
      ['all words', ['biology', 'lesson'], [0, 2]],
      ['the beginning of the last word', ['lesson', 'bio'], [0, 2]],
      ['only of the last word', ['les', 'biology'], []],
      ['not the end of a word', ['ology'], []],
      ['diacritics or not', ['arger', 'cafe', 'mull'], [1]],
      ['diacritics in the search', ['müller'], [1]],
      ['combined diacritics', ['mu\u0308ller'], [1]],
      ['numbers of a name', ['2024'], [1]],
      ['the description', ['microscope'], [0]],
      ['other scripts, in any case', ['УРОК'], [3]],
      ['whole numbers', ['1', 'biology'], [0]],
      ['nothing', ['zebra'], []],
      ['words that mean something to FTS5', ['NOT', 'lesson'], []],
    ])('finds %s: %j', async (_, words, expected) => {
      const { found } = await openWith(open, texts);
      expect(await found({ words })).toEqual(expected);
    });

    it.each(['"', '""', 'a"b', '*', '^', '(', ')', ':', '-', '{title}:', 'title:', "'", '%', '\0'])(
      'takes %j for a text',
      async (word) => {
        const { found } = await openWith(open, texts);
        expect(await found({ words: [word, 'zebra'] })).toEqual([]);
      },
    );

    it('follows changes and removals', async () => {
      const { ledger, ids, found } = await openWith(open, texts);
      const [first = 0, , third = 0] = ids;
      await ledger.changeVideo(first, { title: 'Chemistry', description: '' });
      await ledger.changeVideo(first, { visibility: 'members' });
      expect(await found({ words: ['biology'] })).toEqual([2]);
      expect(await found({ words: ['chem'] })).toEqual([0]);
      expect(await found({ words: ['microscope'] })).toEqual([]);
      expect(await found({ words: ['0042'] })).toEqual([0]);
      await ledger.removeVideo(third);
      expect(await found({ words: ['biology'] })).toEqual([]);
      const { id } = await ledger.addVideo(sampleUpload({ title: 'Biology again' }));
      ids.push(id);
      expect(await found({ words: ['biology'] })).toEqual([4]);
      expect(await ledger.integrityProblems()).toEqual([]);
    });

    it.each(videoSorts)('is sorted and paged: %s', async (sort) => {
      const { ledger, list } = await openWith(open, texts);
      const all = await list({ sort, words: ['lesson'] });
      expect(all.toSorted()).toEqual([0, 2, 3]);
      const [first] = await ledger.listVideos({ sort, words: ['lesson'], limit: 1 });
      const after = first && { id: first.id, value: sortValueOf(sort, first) };
      expect(await list({ sort, words: ['lesson'], after })).toEqual(all.slice(1));
      expect(await list({ sort, words: ['lesson'], skip: 1, limit: 1 })).toEqual(all.slice(1, 2));
    });
  });

  describe('a filter of the list', () => {
    it('by status goes by all packages of a video', async () => {
      const { found, ...adapter } = await openWith(open, [{}, {}, {}, {}, {}, {}]);
      const { ids } = adapter;
      const [none = 0, ready = 0, failed = 0, waiting = 0, canceled = 0, readyAndFailed = 0] = ids;
      await packaged(adapter, ready, 'published');
      await packaged(adapter, failed, 'failed');
      await packaged(adapter, canceled, 'canceled');
      await packaged(adapter, readyAndFailed, 'published');
      await packaged(adapter, readyAndFailed, 'failed');
      await addPackages(adapter, waiting, 2);
      const numbers = (...found: number[]) => found.map((id) => ids.indexOf(id));
      expect(await found({ status: 'ready' })).toEqual(numbers(ready, readyAndFailed));
      expect(await found({ status: 'failed' })).toEqual(numbers(failed, readyAndFailed));
      expect(await found({ status: 'in-progress' })).toEqual(numbers(waiting));
      expect(await found({ status: 'unpackaged' })).toEqual(numbers(none, canceled));
      await adapter.queue.claim('worker');
      expect(await found({ status: 'in-progress' })).toEqual(numbers(waiting));
      await adapter.ledger.request((await adapter.ledger.listPackagesOf([ready]))[0]?.package.id ?? 0, {
        kind: 'rekey',
      });
      expect(await found({ status: 'in-progress' })).toEqual(numbers(ready, waiting));
      expect(await found({ status: 'ready' })).toEqual(numbers(ready, readyAndFailed));
    });

    it('by owner, by time and by who asks adds up', async () => {
      const { found, ledger, ids } = await openWith(open, [
        { ownerId: 'ann', title: 'one' },
        { ownerId: 'ann', title: 'two', visibility: 'members' },
        { ownerId: 'bob', title: 'one', visibility: 'members' },
        { title: 'one' },
      ]);
      const now = (await ledger.findVideo(ids[0] ?? 0))?.createdAt.getTime() ?? 0;
      const [before, after] = [new Date(now - 60_000), new Date(now + 60_000)];
      expect(await found({ ownerId: 'ann' })).toEqual([0, 1]);
      expect(await found({ ownerId: 'ann', visibleTo: 'bob' })).toEqual([1]);
      expect(await found({ words: ['one'], visibleTo: 'bob' })).toEqual([2]);
      expect(await found({ words: ['one'], ownerId: 'ann', status: 'unpackaged' })).toEqual([0]);
      expect(await found({ words: ['one'], ownerId: 'ann', status: 'ready' })).toEqual([]);
      expect(await found({ from: before, until: after })).toEqual([0, 1, 2, 3]);
      expect(await found({ from: after })).toEqual([]);
      expect(await found({ until: before })).toEqual([]);
      expect(await found({ from: new Date(now), until: after, ownerId: 'bob' })).toEqual([2]);
      expect(await found({ until: new Date(now), ownerId: 'ann' })).toEqual([]);
    });
  });
}

/** Adds a package whose work ends like this; nothing else waits. */
async function packaged(
  adapter: Adapter,
  videoId: number,
  end: 'published' | 'failed' | 'canceled',
): Promise<void> {
  const { ledger, queue } = adapter;
  const [id = 0] = await addPackages(adapter, videoId, 1);
  if (end === 'canceled') return void (await queue.cancel(id));
  const job = await queue.claim('worker');
  if (!job) throw new Error('There was no job to claim.');
  if (end === 'failed') return void (await queue.fail(job, failure));
  await ledger.publish(job, { version: sampleVersion(1) });
  await queue.complete(job);
}
