// @ts-check
// Asks for pieces of a file over several connections for some seconds, and prints how many bytes came in how long. Plain
// sockets and one buffer for each, so that it is the server that is measured.
// Arguments: url, bytes of the file, bytes of a piece, connections, seconds.
import { connect } from 'node:net';

const [url = '', ...numbers] = process.argv.slice(2);
const [fileBytes = 0, pieceBytes = 0, connections = 0, seconds = 0] = numbers.map(Number);
const { hostname, port, pathname, host } = new URL(url);
const pieces = Math.max(1, Math.floor(fileBytes / pieceBytes));
let receivedBytes = 0;
let next = 0;
let isOver = false;

/** @returns {Promise<void>} */
function askOnAndOn() {
  return new Promise((resolve, reject) => {
    let head = '';
    let leftBytes = -1;
    const ask = () => {
      if (isOver) {
        socket.end();
        return resolve();
      }
      const start = (next++ % pieces) * pieceBytes;
      const end = Math.min(start + pieceBytes, fileBytes) - 1;
      head = '';
      leftBytes = -1;
      socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nRange: bytes=${start}-${end}\r\n\r\n`);
    };
    /** @param {Buffer} bytes */
    const take = (bytes) => {
      let body = bytes.length;
      if (leftBytes < 0) {
        const before = head.length;
        head += bytes.toString('latin1');
        const ends = head.indexOf('\r\n\r\n');
        if (ends < 0) return;
        const length = /^content-length: (\d+)/im.exec(head.slice(0, ends))?.[1];
        if (!head.startsWith('HTTP/1.1 206') || !length) return reject(new Error(head.slice(0, ends)));
        leftBytes = Number(length);
        body = before + bytes.length - ends - 4;
      }
      leftBytes -= body;
      receivedBytes += body;
      if (leftBytes < 0) reject(new Error('More came than was announced.'));
      if (leftBytes === 0) ask();
    };
    const socket = connect({
      host: hostname,
      port: Number(port),
      onread: {
        buffer: Buffer.allocUnsafe(1024 * 1024),
        callback: (count, buffer) => {
          take(/** @type {Buffer} */ (buffer).subarray(0, count));
          return true;
        },
      },
    });
    socket.on('error', reject).on('connect', ask);
    socket.on('close', () => (isOver ? resolve() : reject(new Error('The server closed a connection.'))));
  });
}

setTimeout(() => (isOver = true), seconds * 1000);
const startedAt = performance.now();
await Promise.all(Array.from({ length: connections }, askOnAndOn));
console.log(JSON.stringify({ receivedBytes, seconds: (performance.now() - startedAt) / 1000 }));
