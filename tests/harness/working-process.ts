import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createApp } from '@/lib/app/app';
import { settings } from '@/lib/base/env';
import { openInstance } from '@/server/instance';

/** A process that claims a job, writes a file and runs a tool until it is killed: see instances.test.ts. */
const app = createApp(settings());
await app.tools.sandbox(); // runs a tool to find out what is available
const { name, workspace } = openInstance(app);
const job = await app.queue.claim(name);
writeFileSync(path.join(workspace, 'clear.mp4'), 'clear');
process.stdout.write(`${JSON.stringify({ name, job })}\n`);
await app.tools.run({ command: 'sleep', args: ['600'], timeoutSeconds: 600 });
