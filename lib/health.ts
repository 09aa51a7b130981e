/** Versions of the tools that were found at start. */
export interface ToolVersions {
  ffmpeg: string;
  packager: string;
}

interface Health {
  tools: ToolVersions | null;
  /** The sandbox that keeps tools from other files and networks. */
  sandbox: 'bubblewrap' | 'none';
  /** Sentences for the operator: what could be better, and how. */
  warnings: string[];
}

// On globalThis, since Next.js bundles the route handlers apart from the server.
const key = Symbol.for('cenclave.health');
const shared = globalThis as { [key]?: Health };

/** Whether Cenclave can take work, as `lib/start.ts` found. */
export function health(): Health {
  return shared[key] ?? { tools: null, sandbox: 'none', warnings: [] };
}

export function setHealth(state: Health): void {
  shared[key] = state;
}
