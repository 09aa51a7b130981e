import type shaka from 'shaka-player/dist/shaka-player.ui';
import type { Outages } from './outages';

type Shaka = typeof shaka;

/** Without a byte for so long, a request is taken for lost. */
const silenceMs = 10_000;

/** What an answer says that another try may change: overload, a proxy without its server, a fault of the server. */
const isPassing = (status: number) => status === 408 || status === 429 || status >= 500;

/** Requests are tried again below the player, so that it sees slow ones in place of failures and needs no limits of its own. */
export const noRetries = {
  maxAttempts: 1,
  timeout: 0,
  connectionTimeout: 0,
  stallTimeout: 0,
} as const;

/**
 * Has the player's requests (manifest, segments, licenses) wait out an outage: one that gets no answer, or that of a server in
 * trouble, is made again until it succeeds or the player calls it off.
 */
export function makeRequestsPatient(library: Shaka, outages: Outages): void {
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
      // An answer that settles it, such as 404, ends an outage as well.
      if (status === null || signal.aborted) {
        if (status === null) outages.answered(address);
        throw error;
      }
      await outages.untilRetry(address, status, attempt, signal);
      if (signal.aborted) throw error;
    }
  }
}

/** One try, which ends when nothing has come for a while. */
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

/** The HTTP status of an answer that may be better later, 0 where none came; null where another try changes nothing. */
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
