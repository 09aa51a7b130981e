import type shaka from 'shaka-player/dist/shaka-player.ui';
import type { Outages } from './outages';

type Shaka = typeof shaka;

/** A request without a byte for this long is treated as lost. */
const silenceMs = 10_000;

/** HTTP statuses that another try may change: overload, a proxy without its server, a fault of the server. */
const isPassing = (status: number) => status === 408 || status === 429 || status >= 500;

/**
 * Requests are retried below the player, so that it sees slow requests instead of failures and needs no
 * limits of its own.
 */
export const noRetries = {
  maxAttempts: 1,
  timeout: 0,
  connectionTimeout: 0,
  stallTimeout: 0,
} as const;

/**
 * Makes the player's requests (manifest, segments, licenses) wait out an outage: a request without a
 * response, or with a server error, is retried until it succeeds or the player aborts it.
 */
export function retryDuringOutages(library: Shaka, outages: Outages): void {
  const { NetworkingEngine } = library.net;
  const plugin: shaka.extern.SchemePlugin = (uri, ...rest) => {
    const controller = new AbortController();
    const request = requestUntilAnswered(library, outages, controller.signal, [uri, ...rest]);
    return new library.util.AbortableOperation(request, async () => controller.abort());
  };
  for (const scheme of ['http', 'https']) {
    NetworkingEngine.registerScheme(scheme, plugin, NetworkingEngine.PluginPriority.APPLICATION, true);
  }
}

async function requestUntilAnswered(
  library: Shaka,
  outages: Outages,
  signal: AbortSignal,
  args: Parameters<shaka.extern.SchemePlugin>,
): Promise<shaka.extern.Response> {
  const [address] = args;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await requestOnce(library, signal, args);
      outages.answered(address);
      return response;
    } catch (error) {
      const status = outageStatus(library, error);
      // A final response, such as 404, ends an outage as well.
      if (status === null || signal.aborted) {
        if (status === null) outages.answered(address);
        throw error;
      }
      await outages.untilRetry(address, status, attempt, signal);
      if (signal.aborted) throw error;
    }
  }
}

/** Makes one try, which ends when nothing has arrived for a while. */
async function requestOnce(
  library: Shaka,
  signal: AbortSignal,
  [uri, request, type, onProgress, onHeaders, config]: Parameters<shaka.extern.SchemePlugin>,
): Promise<shaka.extern.Response> {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(abort, silenceMs);
  };
  const operation = library.net.HttpFetchPlugin.parse(
    uri,
    request,
    type,
    (...progress) => {
      heard();
      onProgress(...progress);
    },
    (headers) => {
      heard();
      onHeaders(headers);
    },
    config,
  );
  const abort = () => void operation.abort();
  heard();
  signal.addEventListener('abort', abort);
  try {
    return await operation.promise;
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', abort);
  }
}

/**
 * The HTTP status of a response that may be better later, 0 if there was no response; null if another try is
 * useless.
 */
function outageStatus(library: Shaka, error: unknown): number | null {
  const { HTTP_ERROR, TIMEOUT, OPERATION_ABORTED, BAD_HTTP_STATUS } = library.util.Error.Code;
  if (!(error instanceof library.util.Error)) return null;
  if (error.code === BAD_HTTP_STATUS) {
    const status = Number(error.data[1]);
    return isPassing(status) ? status : null;
  }
  // Only this module aborts a try.
  return [HTTP_ERROR, TIMEOUT, OPERATION_ABORTED].includes(error.code) ? 0 : null;
}
