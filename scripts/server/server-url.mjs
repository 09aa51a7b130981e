// @ts-check

const everyAddress = new Set(['0.0.0.0', '::']);
const thisMachine = new Set([...everyAddress, '127.0.0.1', '::1', 'localhost']);

/**
 * The address to open in a browser: `localhost` where it leads here, since encrypted media plays only there
 * or over HTTPS.
 * @param {string} host
 * @param {number} port
 */
export function pageUrl(host, port) {
  return `http://${thisMachine.has(host) ? 'localhost' : inUrl(host)}:${port}`;
}

/**
 * The address at which this process reaches the server.
 * @param {string} host
 * @param {number} port
 */
export function pollUrl(host, port) {
  if (!everyAddress.has(host)) return `http://${inUrl(host)}:${port}`;
  return host === '::' ? `http://[::1]:${port}` : `http://127.0.0.1:${port}`;
}

/** An IPv6 address stands in brackets (RFC 3986, 3.2.2). */
const inUrl = (/** @type {string} */ host) => (host.includes(':') ? `[${host}]` : host);
