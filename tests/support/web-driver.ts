import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** The port that a driver listens on is the one it was started with. */
const commandTimeoutMs = 60_000;

/** One browser window driven by W3C WebDriver, by the few commands that tests need. */
export class WebDriverWindow {
  readonly #session: string;

  private constructor(session: string) {
    this.#session = session;
  }

  static async open(driver: string, capabilities: object): Promise<WebDriverWindow> {
    const { sessionId } = await command<{ sessionId: string }>('POST', `${driver}/session`, {
      capabilities: { alwaysMatch: capabilities },
    });
    return new WebDriverWindow(`${driver}/session/${sessionId}`);
  }

  async goto(address: string): Promise<void> {
    await command('POST', `${this.#session}/url`, { url: address });
  }

  /** Runs an expression in the page, and returns its value when it has settled. */
  evaluate<T>(expression: string): Promise<T> {
    return command<T>('POST', `${this.#session}/execute/async`, {
      script: `const done = arguments[0]; Promise.resolve((() => (${expression}))()).then(done, (error) => done(String(error)));`,
      args: [],
    });
  }

  async close(): Promise<void> {
    await command('DELETE', this.#session);
  }
}

async function command<T>(method: string, address: string, body?: object): Promise<T> {
  const answer = await fetch(address, {
    method,
    signal: AbortSignal.timeout(commandTimeoutMs),
    ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`WebDriver: ${value?.error}: ${value?.message}`);
  return value;
}
