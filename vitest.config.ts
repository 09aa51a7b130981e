import { defineConfig } from 'vitest/config';
import { sandboxForTests } from './scripts/checks/sandbox-for-tests.mjs';

const alias = { '@': import.meta.dirname };

/**
 * `unit` uses neither disk nor sockets; `component` does, without media tools, and runs the contracts of the
 * ports; `integration` runs the real tools; `e2e` drives Chromium on the built app; `browsers` plays in three
 * browsers; `faults` injects faults; `image` builds and runs the container image.
 */
export default defineConfig({
  test: {
    env: { LOG_LEVEL: 'silent', ...sandboxForTests(process.env) },
    projects: [
      {
        resolve: { alias },
        // All files share one module registry, which takes a third of the time.
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], isolate: false },
      },
      {
        resolve: { alias },
        test: { name: 'component', include: ['tests/{component,contract}/**/*.test.ts'], isolate: false },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          setupFiles: ['tests/harness/check-answers.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // While one file watches a video play, the other packages.
          maxWorkers: 2,
          maxConcurrency: 2,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'browsers',
          include: ['tests/browsers/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'image',
          include: ['tests/image/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 1_200_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
