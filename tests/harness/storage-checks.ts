import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { type Acting, actingAsSystem } from '@/lib/access/principal';
import { createApp } from '@/lib/app/app';
import { readSettings } from '@/lib/base/env';
import { checkStorage } from '@/lib/maintenance/check';
import { versionFiles, versionFolder } from '@/lib/media/file-names';
import { databaseFile } from '@/lib/storage/folders';
import type { Acknowledged } from './broken-uploads';
import { sha256Of } from './tus';

/** Works with a storage folder while its server runs, as the doctor does. */
export async function beside<T>(storage: string, look: (context: Acting) => T | Promise<T>): Promise<T> {
  const context = actingAsSystem(createApp(readSettings({ STORAGE_DIR: storage, LOG_LEVEL: 'silent' })));
  try {
    return await look(context);
  } finally {
    context.db.$client.close();
  }
}

/** What must hold at any moment: the database is intact, and acknowledged uploads are stored as sent. */
export async function findLosses(storage: string, acknowledged: Acknowledged[]): Promise<string[]> {
  const database = new Database(databaseFile(storage), { readonly: true });
  try {
    const integrity = database.pragma('integrity_check', { simple: true });
    const keyOf = database.prepare('SELECT storage_key FROM videos WHERE id = ?').pluck();
    const lost = await Promise.all(
      acknowledged.map(async ({ videoId, sha256 }) => {
        const key = keyOf.get(videoId);
        if (typeof key !== 'string') return [`Video ${videoId} is gone.`];
        const file = path.join(storage, key);
        if (!existsSync(file)) return [`The file of video ${videoId} is gone.`];
        return (await sha256Of(file)) === sha256 ? [] : [`Video ${videoId} has other bytes than were sent.`];
      }),
    );
    return [...(integrity === 'ok' ? [] : [`The database is not intact: ${integrity}`]), ...lost.flat()];
  } finally {
    database.close();
  }
}

/** What the doctor finds. */
export async function listFindings(context: Acting): Promise<string[]> {
  const all: string[] = [];
  for await (const { what } of checkStorage(context, new Date())) all.push(what);
  return all;
}

/** The files of a published version that are missing or served empty. */
export async function findGaps(
  origin: string,
  { mediaId, number, files }: { mediaId: string; number: number; files: string[] },
): Promise<string[]> {
  const names = [versionFiles.dash, versionFiles.hls, ...files];
  const answers = await Promise.all(
    names.map(async (name) => {
      const url = `${origin}/media/${mediaId}/${versionFolder(number)}/${name}`;
      const answer = await fetch(url);
      const bytes = (await answer.arrayBuffer()).byteLength;
      return answer.status === 200 && bytes > 0 ? [] : [`${url} answers ${answer.status}, ${bytes} bytes.`];
    }),
  );
  return answers.flat();
}
