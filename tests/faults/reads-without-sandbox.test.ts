import { it } from 'vitest';
import { times } from '../support/fault-table';
import { readsNothingElse } from '../support/reads-nothing-else';
import { makeFolder } from '../support/temp-folder';
import { canTrace, traceTools } from '../support/traced-tools';

// Before a setting is read: each test file has a process of its own.
const traces = canTrace() ? traceTools(makeFolder(), 'off') : null;

it.skipIf(traces === null)(
  'without a sandbox as well, no tool opens a file that is not its own, or a socket (needs the right to trace)',
  async (context) => {
    if (traces)
      await readsNothingElse(context, traces, {
        fault: 'reads elsewhere, no sandbox',
        withSound: times({ full: 1, quick: 0 }) === 1,
      });
  },
);
