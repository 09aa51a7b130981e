import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { type Context, openContext } from '@/lib/context';
import { readSettings } from '@/lib/env';
import { versionFiles } from '@/lib/media/file-names';
import { databaseFile } from '@/lib/storage/folders';
import { versionKey } from '@/lib/storage/keys';
import { examine } from '@/lib/upkeep/examine';
import type { Acknowledged } from './broken-uploads';
import { sha256Of } from './tus';

/** Works with a storage folder beside the server that has it, as the doctor does. */
export async function beside<T>(storage: string, look: (context: Context) => T | Promise<T>): Promise<T> {
  const context = openContext(readSettings({ STORAGE_DIR: storage, LOG_LEVEL: 'silent' }));
  try {
    return await look(context);
  } finally {
    context.db.$client.close();
  }
}

/** What must hold at every moment: the database is sound, and what the server said yes to is there as it was sent. */
export async function findLosses(storage: string, acknowledged: Acknowledged[]): Promise<string[]> {
  const database = new Database(databaseFile(storage), { readonly: true });
  try {
    const sound = database.pragma('integrity_check', { simple: true });
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
    return [...(sound === 'ok' ? [] : [`The database is not sound: ${sound}`]), ...lost.flat()];
  } finally {
    database.close();
  }
}

/** What the doctor finds. */
export async function listFindings(context: Context): Promise<string[]> {
  const all: string[] = [];
  for await (const { what } of examine(context, new Date())) all.push(what);
  return all;
}

/** What of a version that is served is not complete: a file of it is not there, or is not served in its full size. */
export async function findGaps(
  origin: string,
  { mediaId, number, files }: { mediaId: string; number: number; files: string[] },
): Promise<string[]> {
  const names = [versionFiles.dash, versionFiles.hls, ...files];
  const answers = await Promise.all(
    names.map(async (name) => {
      const url = `${origin}/media/${versionKey(mediaId, number).replace(/^packages\//, '')}/${name}`;
      const answer = await fetch(url);
      const bytes = (await answer.arrayBuffer()).byteLength;
      return answer.status === 200 && bytes > 0 ? [] : [`${url} answers ${answer.status}, ${bytes} bytes.`];
    }),
  );
  return answers.flat();
}
