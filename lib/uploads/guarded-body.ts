import { finished, type Readable } from 'node:stream';

/** A request's body that can be left unread in the middle. */
export interface GuardedBody {
  stream: ReadableStream<Uint8Array>;
  /** Reads and drops what is left. */
  discardRest(): void;
}

/**
 * Hands a body on as it comes, piece by piece and without a copy of any. It outlives what reads from it: what a refusal leaves
 * unread is to be dropped, as browsers look at the answer only when they have sent everything.
 * @param stop aborted, it ends the stream with its reason
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
      source.on('data', (piece: Buffer<ArrayBuffer>) => {
        onArrived(piece.byteLength);
        controller.enqueue(piece);
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
