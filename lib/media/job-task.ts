import { z } from 'zod';

/** The state of an incomplete package when a change was requested; the change restores it. */
const standingBefore = z.object({
  status: z.enum(['failed', 'canceled']),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
});

const before = standingBefore.optional();

const finishSchema = z.object({
  kind: z.literal('finish'),
  /** The published version and download whose checksums are to be stored. */
  version: z.number().nullable(),
  download: z.string().nullable(),
  /** The storage key of an upload that is no longer needed. */
  removes: z.string().nullable(),
  before,
});

/** What a job does with its package, as the database keeps it. */
export const jobTaskSchema = z.discriminatedUnion('kind', [
  /** Makes the package from the video: the unpublished parts, or everything when `anew` is set. */
  z.object({ kind: z.literal('package'), anew: z.literal(true).optional(), before }),
  /**
   * Encrypts the package with new keys; the clear tracks stay the same. With `revoke`, older keys and
   * versions end at publication, without a grace period.
   */
  z.object({ kind: z.literal('rekey'), revoke: z.literal(true).optional(), before }),
  /** Adds the audio of an uploaded file as one more audio track. */
  z.object({
    kind: z.literal('add-audio'),
    storageKey: z.string(),
    language: z.string(),
    label: z.string().nullable(),
    before,
  }),
  /** Updates its text tracks to those of the video. */
  z.object({ kind: z.literal('refresh-texts'), before }),
  finishSchema,
]);
export type JobTask = z.output<typeof jobTaskSchema>;

/**
 * The rest of any job once its last version is published: a later attempt does only this, and repeats no
 * other work.
 */
export type Finish = Omit<z.output<typeof finishSchema>, 'before'>;
