/** What a job does with its package. */
export type JobTask =
  /** Makes it from the video: what of it is not published yet, or all of it anew. */
  | { kind: 'package'; anew?: true }
  /** Gives it new keys; the tracks stay as they are. */
  | { kind: 'rekey' }
  /** Adds the sound of an uploaded file as one more audio track. */
  | { kind: 'add-audio'; storageKey: string; language: string; label: string | null }
  /** Brings its text tracks up to those of the video. */
  | { kind: 'refresh-texts' };
