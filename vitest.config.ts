import { availableParallelism } from "node:os";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const alias = { "server-only": new URL("./lib/testing/empty.ts", import.meta.url).pathname };

export default defineConfig({
  plugins: [react()],
  test: {
    // left to itself vitest keeps one core free, which on two cores is half of them
    maxWorkers: Math.min(availableParallelism(), 8),
    projects: [
      {
        extends: true,
        resolve: { alias },
        test: {
          name: "node",
          environment: "node",
          // no test of these replaces a module, so the files of a worker may share what is already read and compiled
          isolate: false,
          include: ["lib/**/*.test.ts", "bin/**/*.test.ts", "e2e/**/*.test.ts", "app/**/*.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        resolve: { alias },
        test: {
          name: "dom",
          environment: "happy-dom",
          // each file apart from the others, and yet one document a worker
          pool: "vmThreads",
          include: ["components/**/*.test.tsx"],
          setupFiles: ["components/testing/setup.ts"],
          testTimeout: 30_000,
        },
      },
    ],
  },
});
