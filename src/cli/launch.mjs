import { existsSync } from 'node:fs';

// why: in a checkout the sources are the newest; a packed copy has only the bundle, and needs no packages.
if (existsSync(new URL('./main.ts', import.meta.url))) {
  const { tsImport } = await import('tsx/esm/api');
  await tsImport('./main.ts', import.meta.url);
} else {
  await import(new URL('../../dist/cli/check-policy.mjs', import.meta.url).href);
}
