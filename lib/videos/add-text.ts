import { writeFile } from 'node:fs/promises';
import type { Acting } from '@/lib/access/principal';
import { requireVideo } from '@/lib/access/require';
import { convertText } from '@/lib/ffmpeg/convert-text';
import type { ReceivedFile, UploadLimits } from '@/lib/http/receive-upload';
import { checkExtension } from '@/lib/http/upload-name';
import { videoNotFound } from '@/lib/ledger/not-found';
import { incomingFolder } from '@/lib/storage/folders';
import { randomName, textKey } from '@/lib/storage/keys';
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
  await requireVideo(acting, videoId, 'video.write');
  await writeFile(file.path, await convertText(acting.tools, file.path, text.language));
  const storageKey = textKey(randomName());
  try {
    await acting.store.putFile(file.path, storageKey);
    // The video may have been deleted during the conversion.
    const row = await acting.ledger.addText({ videoId, ...text, storageKey });
    return row ? textView(row) : videoNotFound(videoId);
  } catch (error) {
    await acting.store.remove(storageKey);
    throw error;
  }
}
