import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../harness/temp-folder';

/** A registry with these advisories. */
async function startRegistry(advisories: Record<string, object[]>): Promise<string> {
  const server = createServer((request, response) => {
    const isAdvisories = request.url?.endsWith('/advisories/bulk');
    response.writeHead(isAdvisories ? 200 : 404, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(isAdvisories ? advisories : {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
}

async function audit(registry: string) {
  const env = { ...process.env, npm_config_registry: registry, npm_config_cache: tempFolder() };
  const child = spawn('node', ['scripts/audit.mjs'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, 'exit');
  return { code: child.exitCode, stdout, stderr };
}

const advisory = (severity: string) => ({
  id: 1,
  url: 'https://github.com/advisories/GHSA-0000-0000-0000',
  title: 'A fault',
  severity,
  vulnerable_versions: '<9999.0.0',
  cwe: [],
  cvss: { score: 9, vectorString: null },
});

it.each([
  ['high', 1, /^next has a high advisory\.$/m],
  ['low', 0, /no severe advisory/],
])('a package with a %s advisory ends the audit with %d', async (severity, code, expected) => {
  const found = await audit(await startRegistry({ next: [advisory(severity)] }));
  expect(found.stdout + found.stderr).toMatch(expected);
  expect(found.code).toBe(code);
});
