/** A request's body that can be left unread in the middle. */
export interface GuardedBody {
  stream: ReadableStream<Uint8Array>;
  /** Reads and drops what is left. */
  discardRest(): Promise<void>;
}

/**
 * Hands a body on without its cancel: canceling makes undici close it twice, which throws where nothing can catch it. What
 * a refusal leaves unread is to be dropped, as browsers look at the answer only when they have sent everything.
 */
export function guardBody(body: ReadableStream<Uint8Array>, onArrived: (bytes: number) => void): GuardedBody {
  const reader = body.getReader();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      onArrived(value.byteLength);
      controller.enqueue(value);
    },
  });
  return { stream, discardRest: () => dropAll(reader) };
}

async function dropAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // The client went away: nothing is left.
  }
}
