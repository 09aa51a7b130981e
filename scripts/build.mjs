// @ts-check
import { runMain } from './run-main.mjs';
import { buildApp } from './setup/build-app.mjs';

await runMain(
  async (root) => {
    await buildApp(root);
    return 0;
  },
  { exitCodeWhenStopped: 1 },
);
