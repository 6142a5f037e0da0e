import { fileURLToPath } from 'node:url';
import { embedFiles, firstVerdictFiles, readChunks } from './first-verdict.mjs';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

export default [
  {
    name: 'JavaScript for the first verdict',
    path: firstVerdictFiles(readChunks()).map((file) => dist + file),
    gzip: true,
    limit: '120 kB',
  },
  {
    name: 'JavaScript of an embed on its page, worker aside',
    path: embedFiles(readChunks()).map((file) => dist + file),
    gzip: true,
    limit: '90 kB',
  },
  {
    name: 'embed.js',
    path: `${dist}embed.js`,
    gzip: true,
    limit: '4 kB',
  },
];
