// @ts-check
// Requests ranges of a file over several connections for some seconds, and prints how many bytes arrived in
// how many seconds. Arguments: url, bytes of the file, bytes of a range, connections, seconds.
import { Agent, get } from 'node:http';

const [url = '', ...numbers] = process.argv.slice(2);
const [fileBytes = 0, pieceBytes = 0, connections = 0, seconds = 0] = numbers.map(Number);
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const pieces = Math.max(1, Math.floor(fileBytes / pieceBytes));
let receivedBytes = 0;
let next = 0;
let isOver = false;

/** @returns {Promise<void>} */
function ask() {
  const start = (next++ % pieces) * pieceBytes;
  const end = Math.min(start + pieceBytes, fileBytes) - 1;
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { Range: `bytes=${start}-${end}` } }, (answer) => {
      let bytes = 0;
      answer.on('data', (/** @type {Buffer} */ chunk) => {
        bytes += chunk.length;
      });
      answer.on('error', reject).on('end', () => {
        receivedBytes += bytes;
        if (answer.statusCode === 206 && bytes === end - start + 1) resolve();
        else reject(new Error(`${url} answered ${answer.statusCode} with ${bytes} bytes.`));
      });
    });
    request.on('error', reject);
  });
}

async function askOnAndOn() {
  while (!isOver) await ask();
}

setTimeout(() => {
  isOver = true;
}, seconds * 1000);
const startedAt = performance.now();
await Promise.all(Array.from({ length: connections }, askOnAndOn));
console.log(JSON.stringify({ receivedBytes, seconds: (performance.now() - startedAt) / 1000 }));
agent.destroy();
