/** What is wrong, for a person, and what `mend` would do about it. */
export type Finding = { what: string } & (
  | { kind: 'orphan'; key: string }
  | { kind: 'stuck'; packageId: number }
  /** Of the version with this number; its video gives all of it once more. */
  | { kind: 'damaged-package'; packageId: number; versionNumber: number }
  | { kind: 'missing-text'; textId: number }
  | { kind: 'no-checksum'; videoId: number; sha256: string }
  /** `not-replaceable`: of a package that its video does not give once more. */
  | { kind: 'damaged-source' | 'not-replaceable' | 'not-readable' | 'damaged-database' | 'key-not-readable' }
);

/** What is found; also that something cannot be read, which does not end the run. */
export async function* orNotReadable(name: string, found: AsyncIterable<Finding>): AsyncGenerator<Finding> {
  try {
    yield* found;
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    const what = `${name} cannot be read (${code}). Look at the disk, and at who may read what is on it.`;
    yield { kind: 'not-readable', what };
  }
}
