import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { checkPort, portProblem } from '../../../scripts/setup/check-port.mjs';

test.each([
  [
    'EADDRINUSE',
    5000,
    'Port 5000 is taken by another program. Stop it, or choose another: PORT=5001 npm start',
  ],
  [
    'EADDRINUSE',
    65_535,
    'Port 65535 is taken by another program. Stop it, or choose another: PORT=5000 npm start',
  ],
  ['EACCES', 80, 'This user may not listen on port 80. Choose one from 1024 on: PORT=5000 npm start'],
])('%s on port %i', (code, port, sentence) => {
  expect(portProblem(code, port, '127.0.0.1')).toBe(sentence);
});

test('a host that is not this machine is reported as such', () => {
  expect(portProblem('EADDRNOTAVAIL', 5000, '10.9.8.7')).toContain('HOST is "10.9.8.7"');
});

test('a port is refused while it is taken, and left free after the check', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The test server has no port.');
  const settings = { port: address.port, host: '127.0.0.1' };
  await expect(checkPort(settings)).rejects.toThrow(`Port ${address.port} is taken`);
  await new Promise((resolve) => server.close(resolve));
  await checkPort(settings);
  await checkPort(settings);
});
