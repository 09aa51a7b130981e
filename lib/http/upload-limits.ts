import type { Settings } from '@/lib/base/env';
import { incomingFolder } from '@/lib/storage/folders';
import type { UploadLimits } from './receive-upload';
import { checkExtension } from './upload-name';

/** The limits of an upload, by the settings. */
export function uploadLimits({ settings }: { settings: Settings }): UploadLimits {
  return {
    maxBytes: settings.MAX_UPLOAD_BYTES,
    checkName: (name) => checkExtension(name, settings.ALLOWED_EXTENSIONS),
    folder: incomingFolder(settings.STORAGE_DIR),
  };
}
