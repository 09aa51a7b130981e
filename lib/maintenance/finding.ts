/** A problem, described for a person, with the data that `repair` needs. */
export type Finding = { what: string } & (
  | { kind: 'orphan'; key: string }
  | { kind: 'stuck'; packageId: number }
  /** In the version with this number; its video can replace it. */
  | { kind: 'damaged-package'; packageId: number; versionNumber: number }
  | { kind: 'missing-text'; textId: number }
  | { kind: 'no-checksum'; videoId: number; sha256: string }
  /** `not-replaceable`: in a package that its video cannot replace. */
  | { kind: 'damaged-source' | 'not-replaceable' | 'not-readable' | 'damaged-database' | 'key-not-readable' }
  | { kind: 'audit-log-changed' }
);

/** Passes findings on; a read error becomes a finding and does not end the run. */
export async function* withReadErrors(name: string, found: AsyncIterable<Finding>): AsyncGenerator<Finding> {
  try {
    yield* found;
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    const what = `${name} cannot be read (${code}). Check the disk and the permissions on it.`;
    yield { kind: 'not-readable', what };
  }
}
