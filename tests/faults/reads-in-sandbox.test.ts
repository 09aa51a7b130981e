import { it } from 'vitest';
import { expectNoForeignReads } from '../harness/file-access';
import { makeFolder } from '../harness/make-folder';
import { canTrace, traceTools } from '../harness/traced-tools';

// Set before any setting is read; each test file has its own process.
const traces = canTrace() ? traceTools(makeFolder(), 'required') : null;

it.skipIf(traces === null)(
  'in the sandbox, no tool opens a foreign file or a socket (needs the right to trace)',
  async (context) => {
    if (traces)
      await expectNoForeignReads(context, traces, {
        fault: 'reads elsewhere, in the sandbox',
        withAudio: true,
      });
  },
);
