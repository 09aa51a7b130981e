// @ts-check
import { runMain } from './run-main.mjs';
import { buildApp } from './setup/build-app.mjs';
import { installPackages } from './setup/install-packages.mjs';
import { checkProjectNode } from './setup/project-node.mjs';

/** `npm run build`: the part of `npm start` that needs a network and time, without the start. */
await runMain(
  async (root) => {
    await installPackages(root);
    checkProjectNode(root);
    await buildApp(root);
    return 0;
  },
  { exitCodeWhenStopped: 1 },
);
