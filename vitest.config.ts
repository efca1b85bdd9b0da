import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { filesAlone } from './test/setup/alone.ts';

/** Milliseconds for a test, or for what comes before and after it, on a machine with so much else to do that it takes forty times as long. */
const PATIENCE = 300_000;
const ALONE = [...filesAlone()];

export default defineConfig({
  test: {
    // One less than there are processors, as Vitest would have it, leaves one of two idle.
    maxWorkers: availableParallelism(),
    testTimeout: PATIENCE,
    hookTimeout: PATIENCE,
    teardownTimeout: PATIENCE,
    expect: { poll: { timeout: PATIENCE / 10 } },
    // Tests read the repository's fixtures and write only to temporary folders; no socket leads off this machine.
    env: { NO_COLOR: '1', TZ: 'UTC' },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: ALONE,
          isolate: false,
          setupFiles: ['test/setup/seed.ts', 'test/setup/unchanged.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: ALONE, setupFiles: ['test/setup/seed.ts'], sequence: { groupOrder: 1 } },
      },
    ],
  },
});
