import { expect, it } from 'vitest';
import { sandboxRefusal } from '@/lib/processes/sandbox';

it.each([
  ['auto', false, null],
  ['auto', true, /^Cenclave runs as root, .*: bubblewrap was not found\. .*SANDBOX=off/],
  ['off', false, null],
  ['off', true, null],
  ['required', false, /^The setting SANDBOX is "required", but bubblewrap was not found\./],
  ['required', true, /^The setting SANDBOX is "required", but bubblewrap was not found\./],
] as const)('without a sandbox, by the setting %s, as root: %s', (setting, isRoot, expected) => {
  const refusal = sandboxRefusal(setting, 'bubblewrap was not found.', isRoot);
  if (expected) expect(refusal).toMatch(expected);
  else expect(refusal).toBeNull();
});
