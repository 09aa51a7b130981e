import { writeFile } from 'node:fs/promises';
import { insertText, type NewTextRow, type TextRow } from '@/db/queries/texts';
import type { Acting } from '@/lib/access/principal';
import { convertText } from '@/lib/ffmpeg/convert-text';
import type { ReceivedFile, UploadLimits } from '@/lib/http/receive-upload';
import { refreshTexts } from '@/lib/packages/refresh-texts';
import { incomingFolder } from '@/lib/storage/folders';
import { randomName, textKey } from '@/lib/storage/keys';
import { checkExtension } from './file-name';
import { requireVideo } from './get-video';
import type { NewText } from './text-request';
import { type TextView, textView } from './text-view';

const maxBytes = 10 * 1024 * 1024;
const extensions = ['srt', 'vtt', 'ass', 'ssa'];

/** The limits of an uploaded text track. */
export function textLimits({ settings }: Acting): UploadLimits {
  return {
    maxBytes,
    checkName: (name) => checkExtension(name, extensions),
    folder: incomingFolder(settings.STORAGE_DIR),
  };
}

/**
 * Stores a received file as a text track of a video, in WebVTT; its packages get it with their next version.
 * @throws AppError `video-not-found`, `not-a-text-track`, `text-encoding-unknown`; nothing is left behind
 * then
 */
export async function addText(
  acting: Acting,
  videoId: number,
  file: ReceivedFile,
  text: NewText,
): Promise<TextView> {
  requireVideo(acting, videoId);
  await writeFile(file.path, await convertText(acting.tools, file.path, text.language));
  const storageKey = textKey(randomName());
  try {
    await acting.store.putFile(file.path, storageKey);
    return textView(insertWithWork(acting, { videoId, ...text, storageKey }));
  } catch (error) {
    await acting.store.remove(storageKey);
    throw error;
  }
}

/** Inserts the row and its job, or neither. The video may have been deleted during the conversion. */
function insertWithWork(acting: Acting, row: NewTextRow): TextRow {
  return acting.db.transaction(
    () => {
      requireVideo(acting, row.videoId);
      const inserted = insertText(acting.db, row);
      refreshTexts(acting, row.videoId);
      return inserted;
    },
    { behavior: 'immediate' },
  );
}
