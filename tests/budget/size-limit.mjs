import { fileURLToPath } from 'node:url';
import { firstVerdictFiles, readChunks } from './first-verdict.mjs';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

export default [
  {
    name: 'JavaScript for the first verdict',
    path: firstVerdictFiles(readChunks()).map((file) => dist + file),
    gzip: true,
    limit: '120 kB',
  },
];
