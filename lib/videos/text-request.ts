import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { parseLanguage } from '@/lib/http/language';
import type { UploadFields } from '@/lib/http/receive-upload';
import type { TextRole } from '@/lib/media/text-track';
import { textLabel } from '@/lib/packaging/plan/plan-text-tracks';

/** The API's names for the purposes of a text track. */
const roles: Record<string, TextRole> = { subtitles: 'subtitle', captions: 'caption' };

const maxLabelCharacters = 200;

/** The fields of the form that brings a text track. */
export const textFields = z.object({
  language: z.string().describe('BCP-47.'),
  kind: z.enum(['subtitles', 'captions']).optional().describe('subtitles when absent.'),
  label: z.string().optional().describe('Derived from the others when absent.'),
});

/** A text track as it is asked for. */
export interface NewText {
  /** BCP-47. */
  language: string;
  label: string;
  role: TextRole;
}

/**
 * Reads the fields `language`, `kind` (`subtitles` when absent) and `label` (derived from the others when
 * absent).
 * @throws AppError `language-invalid`, `text-kind-unknown`
 */
export function readTextFields({ language: tag, kind = 'subtitles', label = '' }: UploadFields): NewText {
  const language = parseLanguage(tag);
  const role = Object.hasOwn(roles, kind) ? roles[kind] : undefined;
  if (!role) {
    throw new AppError('text-kind-unknown', `kind must be one of ${Object.keys(roles).join(', ')}.`, {
      field: 'kind',
    });
  }
  const title = [...label.replaceAll(/\p{Cc}+/gu, ' ').trim()].slice(0, maxLabelCharacters).join('');
  return { language, role, label: textLabel(title || null, language, role) };
}
