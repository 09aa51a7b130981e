/** The tools that were found at start, by version. */
export interface ToolVersions {
  ffmpeg: string;
  packager: string;
}

interface Health {
  tools: ToolVersions | null;
  /** What keeps tools from files and networks that are not theirs. */
  sandbox: 'bubblewrap' | 'none';
  /** Sentences for the operator: what could be better, and how. */
  warnings: string[];
}

// On globalThis, since Next.js bundles instrumentation.ts and the route handlers apart.
const key = Symbol.for('cenclave.health');
const shared = globalThis as { [key]?: Health };

/** Whether Cenclave can take work, as `lib/start.ts` found. */
export function health(): Health {
  return shared[key] ?? { tools: null, sandbox: 'none', warnings: [] };
}

export function setHealth(state: Health): void {
  shared[key] = state;
}
