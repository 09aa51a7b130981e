// @ts-check

/**
 * How the server is started: the arguments of `node`, in the project's folder, and what is set in its environment. What it
 * does for its memory, and what that saves, stands in docs/facts.md.
 * @param {{ port: number, host: string }} settings
 */
export function serverCommand({ port, host }) {
  const next = ['node_modules/next/dist/bin/next', 'start', '-p', String(port), '-H', host];
  return {
    // Half of what V8 takes by itself for what is young, and keeps. In MiB.
    args: ['--max-semi-space-size=16', '--import', './scripts/server/hold-requests.mjs', ...next],
    env: {
      NODE_ENV: /** @type {const} */ ('production'),
      NEXT_TELEMETRY_DISABLED: '1',
      // Bodies come in pieces of up to 64 KiB. From this size on, the C library gives back at once what is free (mallopt(3);
      // only glibc reads it).
      MALLOC_MMAP_THRESHOLD_: '16384',
    },
  };
}
