const commandTimeoutMs = 60_000;

/** The name of the property that holds an element's id (W3C WebDriver, 11). */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

/** One browser window driven by W3C WebDriver, by the few commands that tests need. */
export class WebDriverWindow {
  readonly #session: string;
  /** The name and version of the browser. */
  readonly version: string;

  private constructor(session: string, version: string) {
    this.#session = session;
    this.version = version;
  }

  /** @param driver the address of the driver */
  static async open(driver: string, capabilities: object): Promise<WebDriverWindow> {
    const opened = await command<{ sessionId: string; capabilities: Record<string, unknown> }>(
      'POST',
      `${driver}/session`,
      { capabilities: { alwaysMatch: capabilities } },
    );
    const { browserName, browserVersion } = opened.capabilities;
    return new WebDriverWindow(`${driver}/session/${opened.sessionId}`, `${browserName} ${browserVersion}`);
  }

  async goto(url: string): Promise<void> {
    await command('POST', `${this.#session}/url`, { url });
  }

  /** Runs an expression in the page, and returns its value once it has settled. */
  evaluate<T>(expression: string): Promise<T> {
    const script = `const done = arguments[0];
      Promise.resolve((() => (${expression}))()).then(done, (error) => done(String(error)));`;
    return command<T>('POST', `${this.#session}/execute/async`, { script, args: [] });
  }

  async click(selector: string): Promise<void> {
    const element = await command<Record<string, string>>('POST', `${this.#session}/element`, {
      using: 'css selector',
      value: selector,
    });
    await command('POST', `${this.#session}/element/${element[elementKey]}/click`, {});
  }

  async screenshot(): Promise<Uint8Array> {
    return Buffer.from(await command<string>('GET', `${this.#session}/screenshot`), 'base64');
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
