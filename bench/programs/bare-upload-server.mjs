// @ts-check
// The upload server that a user would write: Node's http and formidable, nothing else. Arguments: the folder
// for the files; `careful` to answer only when the file is on the disk and its SHA-256 is known, as Cenclave
// does.
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import formidable from 'formidable';

const [uploadDir = '', manner] = process.argv.slice(2);
const isCareful = manner === 'careful';
const limits = { maxFileSize: 2 ** 40, maxTotalFileSize: 2 ** 40 };
const server = createServer(async (request, response) => {
  const form = formidable({ uploadDir, ...limits, hashAlgorithm: isCareful ? 'sha256' : false });
  const [, files] = await form.parse(request);
  if (isCareful) await sync(files.file?.[0]?.filepath ?? '');
  response.writeHead(201, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ file: files.file?.[0]?.filepath }));
});

async function sync(/** @type {string} */ name) {
  const file = await open(name);
  await file.sync();
  await file.close();
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(address && typeof address === 'object' ? address.port : address);
});
