// @ts-check
// The upload server that a user would write: Node's http and formidable, nothing else. Argument: the folder
// for the files.
import { createServer } from 'node:http';
import formidable from 'formidable';

const [uploadDir = ''] = process.argv.slice(2);
const server = createServer(async (request, response) => {
  const form = formidable({ uploadDir, maxFileSize: 2 ** 40, maxTotalFileSize: 2 ** 40 });
  const [, files] = await form.parse(request);
  response.writeHead(201, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ file: files.file?.[0]?.filepath }));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(address && typeof address === 'object' ? address.port : address);
});
