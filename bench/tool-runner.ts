import { settings } from '@/lib/base/env';
import { ToolRunner } from '@/lib/processes/tool-runner';

/** Runs the tools of the bench's own proofs. */
export const toolRunner = new ToolRunner(settings());
