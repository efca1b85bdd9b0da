import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    setupFiles: ['test/setup/seed.ts'],
    // Tests read the repository's fixtures and write only to temporary folders; no socket is opened.
    env: { NO_COLOR: '1', TZ: 'UTC' },
  },
});
