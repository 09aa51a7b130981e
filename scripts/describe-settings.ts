import { readFileSync, writeFileSync } from 'node:fs';
import { envExample, withSettings } from './docs/describe-settings';
import { runMain } from './run-main.mjs';

/** Writes the settings of lib/env.ts into README.md and .env.example; part of `npm run format`. */
await runMain(
  async () => {
    writeFileSync('README.md', withSettings(readFileSync('README.md', 'utf8')));
    writeFileSync('.env.example', envExample());
    return 0;
  },
  { exitCodeWhenStopped: 1 },
);
