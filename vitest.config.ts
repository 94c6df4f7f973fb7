import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Vector files and real processes take seconds; a hang is still caught.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two workers at most: the tests start processes and a browser of their own.
    maxWorkers: 2,
  },
});
