/**
 * Makes what is costly to make, one at a time. Who asks for what is being made waits for that; what could not be made is
 * not tried again for a while, and whoever asks is told the same error at once.
 */
export class MakingLine<Made> {
  private end: Promise<unknown> = Promise.resolve();
  /** What is waited for, and what failed. */
  private readonly known = new Map<string, Promise<Made>>();
  /** The timers that let failures be forgotten, oldest first. */
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
