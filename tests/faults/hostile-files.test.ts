import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { toolLimits } from '@/lib/processes/tool-limits';
import { hostileFiles } from '../fixtures/hostile-files';
import { bitFlipped, type GeneratedFile, truncated } from '../fixtures/mutations';
import { reportFault, times } from '../harness/fault-table';
import { type Ending, endingsOf } from '../harness/file-endings';
import { watchMemory } from '../harness/peak-memory';
import { tempFolder } from '../harness/temp-folder';

/** About the wanted number of items, spread over a whole list. */
const spread = <Item>(items: Item[], wanted: number) => {
  const step = Math.max(1, Math.ceil(items.length / wanted));
  return items.filter((_, i) => i % step === 0);
};

/** Tries two files at a time, as on a machine with two cores. */
async function tryAll(
  context: TestContext,
  fault: string,
  files: GeneratedFile[],
  packageEvery = 1,
): Promise<Ending[]> {
  const lanes = [0, 1].map((lane) => files.filter((_, i) => i % 2 === lane));
  const endings = (await Promise.all(lanes.map((lane) => endingsOf(lane, packageEvery)))).flat();
  const bad = endings.filter(({ faults }) => faults.length > 0);
  const tried = endings.length;
  reportFault(context, { fault, tried, survived: tried - bad.length, lost: bad.length });
  expect(bad).toEqual([]);
  return endings;
}

function corpus(): GeneratedFile[] {
  const file = path.join(tempFolder(), 'secret.ts');
  writeFileSync(file, 'secret');
  return hostileFiles({ file, address: 'http://192.0.2.1:9' });
}

describe('each file ends within minutes in a clear error or a package, and leaves nothing behind', () => {
  it('a hostile file', async (context) => {
    const peak = watchMemory();
    const files = corpus().filter(({ isSlow }) => !isSlow || times({ full: 1, quick: 0 }));
    const endings = await tryAll(
      context,
      'hostile file',
      spread(files, times({ full: files.length, quick: 8 })),
    );
    expect(peak()).toBeLessThan(toolLimits('heavy', 1, 1).dataBytes);
    expect(endings.filter(({ how }) => how !== 'ready').length).toBeGreaterThan(endings.length / 2);
  });

  it('a truncated file', async (context) => {
    const files = truncated();
    await tryAll(context, 'truncated file', spread(files, times({ full: files.length, quick: 4 })));
  });

  it('a file with flipped bits', async (context) => {
    // Half of them are accepted, and packaging takes seconds: `npm test` packages only some of those.
    const packageEvery = times({ full: 1, quick: 4 });
    await tryAll(context, 'flipped bits', bitFlipped(times({ full: 1000, quick: 12 })), packageEvery);
  });
});
