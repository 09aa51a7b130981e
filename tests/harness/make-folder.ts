import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A new empty folder; the caller removes it. */
export function makeFolder(within = os.tmpdir()): string {
  return mkdtempSync(path.join(within, 'cenclave-test-'));
}
