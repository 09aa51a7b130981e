// @ts-check

/** The server (server/main.ts) with the modules of this project, in one file that Node.js runs. */
export const serverBundle = '.next/cenclave-server.mjs';

/**
 * How to start the server in the project's folder: the arguments of `node`, and additions to its environment.
 * docs/facts.md explains the memory settings and how much they save.
 * @param {{ port: number, host: string }} settings
 */
export function serverCommand({ port, host }) {
  return {
    // In MiB: half of V8's default for the young generation, which V8 never gives back.
    args: ['--max-semi-space-size=16', serverBundle],
    env: {
      PORT: String(port),
      HOST: host,
      NODE_ENV: /** @type {const} */ ('production'),
      NEXT_TELEMETRY_DISABLED: '1',
      // Request bodies arrive in chunks of up to 64 KiB. From this size on, the C library returns freed
      // memory at once (mallopt(3); only glibc reads the variable).
      MALLOC_MMAP_THRESHOLD_: '16384',
    },
  };
}
