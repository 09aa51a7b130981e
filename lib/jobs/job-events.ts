/**
 * What requests announce to the workers of this process. Those of other processes find it at their next poll.
 */
export class JobEvents {
  private readonly target = new EventTarget();

  /** Wakes idle workers for a new job. */
  wakeWorkers(): void {
    this.target.dispatchEvent(new Event('work'));
  }

  /** Waits for wakeWorkers, but at most `milliseconds`. */
  waitForWork(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.target.removeEventListener('work', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.target.addEventListener('work', done);
    });
  }

  /** Notifies workers that a job was canceled. */
  announceCancel(): void {
    this.target.dispatchEvent(new Event('cancel'));
  }

  /** Calls `listener` whenever a job is canceled, until the returned function is called. */
  onCancel(listener: () => void): () => void {
    this.target.addEventListener('cancel', listener);
    return () => this.target.removeEventListener('cancel', listener);
  }
}
