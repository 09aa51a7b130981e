import { finished, type Readable } from 'node:stream';

/** A request body that can be left partly unread. */
export interface GuardedBody {
  stream: ReadableStream<Uint8Array>;
  /** Reads and drops the rest. */
  discardRest(): void;
}

/**
 * Passes a body on chunk by chunk, without copying. It outlives its reader: the unread rest of a refused body
 * must be dropped, since browsers read the answer only when they have sent everything.
 * @param stop when aborted, the stream ends with its reason
 */
export function guardBody(
  source: Readable,
  onArrived: (bytes: number) => void,
  stop?: AbortSignal,
): GuardedBody {
  let isRead = true;
  const discardRest = () => {
    isRead = false;
    source.removeAllListeners('data').resume();
  };
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      source.on('data', (chunk: Buffer<ArrayBuffer>) => {
        onArrived(chunk.byteLength);
        controller.enqueue(chunk);
        if ((controller.desiredSize ?? 0) <= 0) source.pause();
      });
      source.pause();
      stop?.addEventListener('abort', () => {
        if (!isRead) return;
        discardRest();
        controller.error(stop.reason);
      });
      finished(source, { writable: false }, (error) => {
        if (!isRead) return;
        isRead = false;
        if (error) controller.error(error);
        else controller.close();
      });
    },
    pull: () => void source.resume(),
    cancel: discardRest,
  });
  return { stream, discardRest };
}
