import { describe, expect, it } from 'vitest';
import type { OpenAdapter } from '../adapters';
import { addPackages, failure, openClaimed, openPublished, sampleUpload } from '../samples';

const german = { language: 'de', label: 'Deutsch', role: 'subtitle', storageKey: 'texts/a.vtt' } as const;
const english = { language: 'en', label: 'English', role: 'caption', storageKey: 'texts/b.vtt' } as const;

/** What every adapter does with the text tracks of videos. */
export function describeTexts(open: OpenAdapter): void {
  describe('text tracks', () => {
    it('are listed in the order in which they came', async () => {
      const { ledger } = open();
      const { id: videoId } = await ledger.addVideo(sampleUpload());
      const first = await ledger.addText({ ...german, videoId });
      const second = await ledger.addText({ ...english, videoId });
      expect(first).toEqual({ ...german, videoId, id: expect.any(Number), createdAt: expect.any(Date) });
      expect(await ledger.listTexts(videoId)).toEqual([first, second]);
      expect(await ledger.listTexts(videoId + 1000)).toEqual([]);
    });

    it('need a video', async () => {
      const { ledger } = open();
      expect(await ledger.addText({ ...german, videoId: 1 })).toBeUndefined();
      expect((await ledger.everything()).texts).toEqual([]);
    });

    it('are in the records of the packages of their video', async () => {
      const { ledger, videoId, record } = await openPublished(open);
      const other = await ledger.addVideo(sampleUpload());
      const text = await ledger.addText({ ...german, videoId });
      await ledger.addText({ ...english, videoId: other.id });
      expect((await record()).textIds).toEqual([text?.id]);
    });

    it('are removed from their own video only', async () => {
      const { ledger, videoId } = await openPublished(open);
      const text = await ledger.addText({ ...german, videoId });
      const id = text?.id ?? 0;
      expect(await ledger.removeText(videoId + 1000, id)).toBeUndefined();
      expect(await ledger.listTexts(videoId)).toEqual([text]);
      expect(await ledger.removeText(videoId, id)).toEqual(text);
      expect(await ledger.removeText(videoId, id)).toBeUndefined();
      expect(await ledger.listTexts(videoId)).toEqual([]);
    });
  });

  describe('the next version of a package', () => {
    it('is requested for every package that is published or in work, and no other', async () => {
      const opened = await openPublished(open);
      const { ledger, queue, videoId, id, tasks } = opened;
      const [waiting, failed] = await addPackages(opened, videoId, 2);
      await queue.prioritize(failed ?? 0, 1);
      await queue.fail(await opened.claim(), failure);
      const other = await ledger.addVideo(sampleUpload());
      const [elsewhere] = await addPackages(opened, other.id, 1);

      const text = await ledger.addText({ ...german, videoId });
      expect(await tasks(id)).toEqual(['refresh-texts']);
      expect(await tasks(waiting)).toEqual(['package', 'refresh-texts']);
      expect(await tasks(failed)).toEqual([]);
      expect(await tasks(elsewhere)).toEqual(['package']);
      await ledger.removeText(videoId, text?.id ?? 0);
      expect(await tasks(id)).toEqual(['refresh-texts', 'refresh-texts']);
      expect(await tasks(failed)).toEqual([]);
    });

    it('is requested behind work that runs', async () => {
      const { ledger, videoId, row, tasks } = await openClaimed(open);
      await ledger.addText({ ...german, videoId });
      expect(await tasks()).toEqual(['package', 'refresh-texts']);
      expect(await row()).toMatchObject({ status: 'processing' });
    });

    it('is not requested for a text track that is only forgotten, or does not exist', async () => {
      const { ledger, queue, videoId, id, claim, tasks } = await openPublished(open);
      const text = await ledger.addText({ ...german, videoId });
      await queue.complete(await claim());
      await ledger.forgetText(text?.id ?? 0);
      expect(await ledger.listTexts(videoId)).toEqual([]);
      await ledger.removeText(videoId, text?.id ?? 0);
      expect(await tasks(id)).toEqual([]);
    });
  });
}
