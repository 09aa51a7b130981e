import { expect, it } from 'vitest';
import { openSource } from '@/lib/packaging/open-source';
import { sampleContext } from '@/tests/support/sample-context';
import { sampleJob } from '@/tests/support/sample-job';

it('says that an uploaded file is gone', async () => {
  const { store } = sampleContext();
  await expect(openSource(sampleJob(), store)).rejects.toMatchObject({
    code: 'source-gone',
  });
});
