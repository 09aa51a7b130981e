import { it } from 'vitest';
import { readsNothingElse } from '../support/reads-nothing-else';
import { makeFolder } from '../support/temp-folder';
import { canTrace, traceTools } from '../support/traced-tools';

// Before a setting is read: each test file has a process of its own.
const traces = canTrace() ? traceTools(makeFolder(), 'required') : null;

it.skipIf(traces === null)(
  'in the sandbox, no tool opens a file that is not its own, or a socket (needs the right to trace)',
  async (context) => {
    if (traces)
      await readsNothingElse(context, traces, { fault: 'reads elsewhere, in the sandbox', withSound: true });
  },
);
