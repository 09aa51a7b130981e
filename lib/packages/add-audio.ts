import { z } from 'zod';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/base/errors';
import { probeSource } from '@/lib/ffmpeg/probe-source';
import { parseLanguage } from '@/lib/http/language';
import type { ReceivedFile, UploadFields, UploadLimits } from '@/lib/http/receive-upload';
import { uploadLimits } from '@/lib/http/upload-limits';
import { checkExtension } from '@/lib/http/upload-name';
import type { PackageRecord } from '@/lib/ledger/records';
import { randomName, uploadKey } from '@/lib/storage/keys';
import { requestChange, requireEditable } from './get-package';

/** The fields of the form that brings an audio track. */
export const audioFields = z.object({
  language: z.string().describe('BCP-47.'),
  label: z.string().optional(),
});

export interface NewAudio {
  /** BCP-47. */
  language: string;
  label: string | null;
}

const audioExtensions = ['m4a', 'mp3', 'aac', 'wav', 'flac', 'ogg', 'opus', 'mka', 'ac3', 'eac3'];
const maxLabelCharacters = 200;

/** The limits of an audio upload: audio files, and every type that a video may have. */
export function audioLimits(acting: Acting): UploadLimits {
  const { ALLOWED_EXTENSIONS } = acting.settings;
  const checkName = (name: string) => checkExtension(name, [...audioExtensions, ...ALLOWED_EXTENSIONS]);
  return { ...uploadLimits(acting), checkName };
}

/**
 * Reads the fields `language` and `label?`.
 * @throws AppError `language-invalid`
 */
export function readAudioFields({ language, label = '' }: UploadFields): NewAudio {
  const title = label
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, maxLabelCharacters);
  return { language: parseLanguage(language), label: title || null };
}

/**
 * Adds the audio of a received file to a package as one more audio track: a worker makes the next version,
 * without encoding video.
 * @throws AppError `not-a-video` when the file holds no audio, and those of requireEditable
 */
export async function addAudio(
  acting: Acting,
  id: number,
  file: ReceivedFile,
  audio: NewAudio,
): Promise<PackageRecord> {
  await requireEditable(acting, id);
  await checkAudio(acting, file);
  const storageKey = uploadKey(randomName(), 'audio');
  try {
    await acting.store.putFile(file.path, storageKey);
    // The package may have been deleted, or got other work, while the file was probed.
    return await requestChange(acting, id, { kind: 'add-audio', storageKey, ...audio });
  } catch (error) {
    await acting.store.remove(storageKey);
    throw error;
  }
}

/** Checks that a file holds audio; the errors name audio, not a video. */
async function checkAudio({ tools, uploadTurns }: Acting, { path }: ReceivedFile): Promise<void> {
  const { audios } = await uploadTurns(() => probeSource(tools, path)).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'not-a-video') throw error;
    const message = 'The file holds no audio that can be read. It may be damaged or incomplete.';
    throw new AppError('not-a-video', message, { field: 'file', cause: error });
  });
  if (audios.length === 0) throw new AppError('not-a-video', 'The file holds no audio.', { field: 'file' });
}
