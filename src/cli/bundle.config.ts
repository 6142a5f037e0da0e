import { defineConfig } from 'vite';

/** Bundles the command into one file that needs nothing but Node: no packages, no sources. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'src/cli/main.ts',
    target: 'node20',
    outDir: 'dist/cli',
    emptyOutDir: true,
    rolldownOptions: {
      output: { entryFileNames: 'check-policy.mjs', banner: '#!/usr/bin/env node', codeSplitting: false },
    },
  },
});
