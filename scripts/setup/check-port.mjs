// @ts-check
import { createServer } from 'node:net';
import { PlainError } from '../plain-error.mjs';

/**
 * Makes sure, before any long work, that the server will be able to listen.
 * @param {{ port: number, host: string }} address
 */
export async function checkPort({ port, host }) {
  const server = createServer();
  try {
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => resolve(undefined));
    });
  } catch (error) {
    throw new PlainError(portProblem(errorCode(error), port, host));
  }
  await new Promise((resolve) => server.close(resolve));
}

/**
 * Why listening failed, and what to do.
 * @param {string} code of the system's error
 * @param {number} port
 * @param {string} host
 */
export function portProblem(code, port, host) {
  const next = port < 65_535 ? port + 1 : 5000;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Stop it, or choose another: PORT=${next} npm start`;
    case 'EACCES':
      return `This user may not listen on port ${port}. Choose one from 1024 on: PORT=5000 npm start`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST is "${host}", which is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all addresses.`;
    default:
      return `Port ${port} on ${host} can't be listened on (${code}). Choose another: PORT=${next} npm start`;
  }
}

/** @param {unknown} error */
function errorCode(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
