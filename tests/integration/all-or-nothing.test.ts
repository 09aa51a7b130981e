import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { addAudio } from '@/lib/packages/add-audio';
import { deletePackage } from '@/lib/packages/delete-package';
import { addText } from '@/lib/videos/add-text';
import { deleteText } from '@/lib/videos/delete-text';
import { deleteVideo } from '@/lib/videos/delete-video';
import { clip } from '../fixtures/clips';
import { openPipeline, receive } from '../harness/pipeline';
import { claimJob } from '../harness/sample-context';
import { insertJobs, sampleVersion } from '../harness/sample-database';
import { filesBelow, tempFolder } from '../harness/temp-folder';

const subtitle = { language: 'en', label: 'English', role: 'subtitle' } as const;
const german = { language: 'de', label: null };

/** A video with a published package. */
async function openPublished() {
  const context = await openPipeline();
  const [id = 0] = insertJobs(context.db, 1);
  const job = await claimJob(context);
  await context.ledger.publish(job, { version: sampleVersion(1) });
  await context.queue.complete(job);
  const stored = (folder: string) => filesBelow(path.join(context.settings.STORAGE_DIR, folder));
  return { context, id, stored };
}

function srt(context: Acting) {
  const file = path.join(tempFolder(), 'a.srt');
  writeFileSync(file, '1\n00:00:01,000 --> 00:00:02,000\nHello\n');
  return receive(context, file);
}

const audio = (context: Acting) => receive(context, clip('audio.mp4'));

/** Makes the database refuse new jobs, as on a disk that is full. */
function refuseJobs({ db }: Acting): void {
  db.$client.exec("CREATE TRIGGER no_room BEFORE INSERT ON jobs BEGIN SELECT RAISE(ABORT, 'no room'); END");
}

describe('a request whose job finds no room changes nothing:', () => {
  it('a new text track', async () => {
    const { context, stored } = await openPublished();
    refuseJobs(context);
    await expect(addText(context, 1, srt(context), subtitle)).rejects.toThrow('no room');
    expect(await context.ledger.listTexts(1)).toEqual([]);
    expect(await stored('texts')).toEqual([]);
  });

  it('the deletion of a text track', async () => {
    const { context, id, stored } = await openPublished();
    const text = await addText(context, 1, srt(context), subtitle);
    context.db.$client.exec('DELETE FROM jobs');
    refuseJobs(context);
    await expect(deleteText(context, 1, text.id)).rejects.toThrow('no room');
    expect(await context.ledger.listTexts(1)).toHaveLength(1);
    expect(await stored('texts')).toHaveLength(1);
    context.db.$client.exec('DROP TRIGGER no_room');
    await deleteText(context, 1, text.id);
    expect(await context.queue.tasksOf(id)).toEqual([{ kind: 'refresh-texts' }]);
    expect(await stored('texts')).toEqual([]);
  });

  it('an added audio track', async () => {
    const { context, id, stored } = await openPublished();
    refuseJobs(context);
    await expect(addAudio(context, id, audio(context), german)).rejects.toThrow('no room');
    expect(await stored('uploads')).toEqual([]);
  });
});

/** The same context, in which something happens between the look at an uploaded file and its row. */
const whenStored = (context: Acting, happen: () => Promise<unknown>): Acting => ({
  ...context,
  store: {
    ...context.store,
    async putFile(...given) {
      await happen();
      await context.store.putFile(...given);
    },
  },
});

describe('while an uploaded file is probed and stored,', () => {
  it('its package may be deleted: nothing is left', async () => {
    const { context, id, stored } = await openPublished();
    const deleted = whenStored(context, () => deletePackage(context, id));
    const adding = addAudio(deleted, id, audio(context), german);
    await expect(adding).rejects.toMatchObject({ code: 'package-not-found' });
    expect(await stored('uploads')).toEqual([]);
  });

  it('its package may get other work: the audio is refused, and nothing is left', async () => {
    const { context, id, stored } = await openPublished();
    const busy = whenStored(context, () => context.ledger.request(id, { kind: 'rekey' }));
    const adding = addAudio(busy, id, audio(context), german);
    await expect(adding).rejects.toMatchObject({ code: 'package-busy' });
    expect(await stored('uploads')).toEqual([]);
    expect(await context.queue.tasksOf(id)).toEqual([{ kind: 'rekey' }]);
  });

  it('its video may be deleted: the text track is refused, and nothing is left', async () => {
    const { context, stored } = await openPublished();
    const deleted = whenStored(context, () => deleteVideo(context, 1));
    const adding = addText(deleted, 1, srt(context), subtitle);
    await expect(adding).rejects.toMatchObject({ code: 'video-not-found' });
    expect(await stored('texts')).toEqual([]);
  });
});
