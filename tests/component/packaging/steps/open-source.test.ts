import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { beginAttempt } from '@/lib/packaging/attempt';
import { openSource, openVersion } from '@/lib/packaging/steps/open-source';
import { meansOf } from '@/tests/harness/pipeline';
import { sampleContext } from '@/tests/harness/sample-context';
import { sampleVersion } from '@/tests/harness/sample-database';
import { sampleJob } from '@/tests/harness/sample-job';
import { tempFolder } from '@/tests/harness/temp-folder';

/** An attempt at a job whose files are gone, and its folders. */
function open() {
  const attempt = beginAttempt(sampleJob(), meansOf(sampleContext()), new AbortController().signal);
  const folder = tempFolder();
  return { attempt, folders: { attempt: folder, tracks: path.join(folder, 'tracks'), input: folder } };
}

describe('what is gone is named:', () => {
  it('an uploaded file', async () => {
    const { attempt, folders } = open();
    await expect(openSource(attempt, folders)).rejects.toMatchObject({ code: 'source-gone' });
  });

  it('a published version', async () => {
    const { attempt, folders } = open();
    const gone = openVersion(attempt, sampleVersion(1), folders);
    await expect(gone).rejects.toMatchObject({ code: 'source-gone' });
  });
});
