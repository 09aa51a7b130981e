import { settings } from '@/lib/base/env';
import { ToolRunner } from '@/lib/processes/tool-runner';

/** Runs the tools of tests, as a server would. */
export const tools = new ToolRunner(settings());
