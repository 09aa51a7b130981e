/**
 * Makes costly things one at a time. Concurrent requests for one thing share its result; a failed one is not
 * made again for a while, and requests for it get the same error at once.
 */
export class SingleFlight<Made> {
  private end: Promise<unknown> = Promise.resolve();
  /** Pending and failed results. */
  private readonly known = new Map<string, Promise<Made>>();
  /** Timers that forget failures, oldest first. */
  private readonly failures = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly failureMilliseconds: number,
    private readonly mostFailures: number,
  ) {}

  make(key: string, make: () => Promise<Made>): Promise<Made> {
    const known = this.known.get(key);
    if (known) return known;
    const made = this.end.then(make);
    this.known.set(key, made);
    this.end = made.then(
      () => this.known.delete(key),
      () => this.rememberFailure(key),
    );
    return made;
  }

  private rememberFailure(key: string): void {
    const timer = setTimeout(() => this.forgetFailure(key), this.failureMilliseconds);
    timer.unref();
    this.failures.set(key, timer);
    const [oldest = key] = this.failures.keys();
    if (this.failures.size > this.mostFailures) this.forgetFailure(oldest);
  }

  private forgetFailure(key: string): void {
    clearTimeout(this.failures.get(key));
    this.failures.delete(key);
    this.known.delete(key);
  }
}
