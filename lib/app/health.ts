/** Versions of the tools that were found at start. */
export interface ToolVersions {
  ffmpeg: string;
  packager: string;
}

/** Whether Cenclave can take work, as `server/start.ts` found. */
export interface Health {
  tools: ToolVersions | null;
  /** The sandbox that keeps tools from other files and networks. */
  sandbox: 'bubblewrap' | 'none';
  /** Sentences for the operator: what could be better, and how. */
  warnings: string[];
}
