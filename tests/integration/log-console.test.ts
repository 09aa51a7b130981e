import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('what a library prints to the console is one line of the log, whatever it contains', async () => {
  const script = `
    import('@/lib/base/log').then(({ logConsole }) => {
      logConsole();
      console.error('Failed: %s', 'a\\n{"level":60,"msg":"forged"}\\u001b[2J\\u009b31m\\u2028');
      console.warn(new Error('b\\r\\nforged'));
      console.log('');
      console.info({ c: '\\n' });
    });`;
  const env = { ...process.env, LOG_LEVEL: 'info' };
  const { stdout, stderr } = await promisify(execFile)('node_modules/.bin/tsx', ['-e', script], { env });
  expect(stdout).toBe('');
  const lines = stderr.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).level)).toEqual([50, 40, 30]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: asserts that there are none
  for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
});
