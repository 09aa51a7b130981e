/** A task that ends when its signal fires. */
export type Task<Result> = (signal: AbortSignal) => Promise<Result>;

/**
 * Runs two tasks at once. When one fails, the other is aborted; both have ended when this rejects with the
 * first failure.
 */
export async function runConcurrently<One, Other>(
  signal: AbortSignal,
  one: Task<One>,
  other: Task<Other>,
): Promise<[One, Other]> {
  const failed = new AbortController();
  const shared = AbortSignal.any([signal, failed.signal]);
  const run = async <Result>(task: Task<Result>): Promise<Result> => {
    try {
      return await task(shared);
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  };
  const running = [run(one), run(other)] as const;
  await Promise.allSettled(running);
  if (failed.signal.aborted) throw failed.signal.reason;
  return Promise.all(running);
}
