// @ts-check
import { runMain } from './run-main.mjs';
import { serveApp } from './server/serve-app.mjs';
import { buildApp } from './setup/build-app.mjs';
import { checkDiskSpace } from './setup/check-disk-space.mjs';
import { checkPort } from './setup/check-port.mjs';
import { ensureSandbox } from './setup/ensure-sandbox.mjs';
import { ensureTool } from './setup/ensure-tool.mjs';
import { installPackages } from './setup/install-packages.mjs';
import { checkProjectNode } from './setup/project-node.mjs';
import { loadEnvFile, readSettings } from './setup/read-settings.mjs';
import { tools } from './setup/tools.mjs';

/** `npm start`: from a fresh clone to a running server; steps that are already done are skipped. */
await runMain(
  async (root) => {
    loadEnvFile(root);
    const settings = readSettings(root, process.env);
    // The quick checks come before the minutes of installing and building.
    await checkPort(settings);
    checkDiskSpace(settings.storageDir);
    await ensureTool(tools.ffmpeg, process.env);
    await ensureTool(tools.ffprobe, process.env);
    await ensureSandbox(process.env);
    await installPackages(root);
    checkProjectNode(root);
    await buildApp(root);
    return serveApp(root, settings);
  },
  // A server that was asked to stop, and did, has not failed.
  { exitCodeWhenStopped: 0 },
);
