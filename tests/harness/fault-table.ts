import type { TestContext } from 'vitest';

/** The result of injecting a fault: how often it was tried, and how often nothing or something was lost. */
export interface FaultResult {
  fault: string;
  tried: number;
  survived: number;
  lost: number;
}

declare module 'vitest' {
  interface TaskMeta {
    faults?: FaultResult[];
  }
}

/** How often a fault is tried: `full` times by `npm run test:faults`, `quick` times by `npm test`. */
export const times = ({ full, quick }: { full: number; quick: number }) =>
  process.env.FAULTS === 'full' ? full : quick;

/** Adds a line to the table that is printed when the suite ends. */
export function reportFault({ task }: Pick<TestContext, 'task'>, result: FaultResult): void {
  task.meta.faults = [...(task.meta.faults ?? []), result];
}
