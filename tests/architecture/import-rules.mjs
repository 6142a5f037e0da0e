/**
 * Which part may import which, for dependency-cruiser. Arrows point down only:
 * ui, embed → state → client → (types of) workers/engine-api → core; ui → editor; state → share, tickets → core;
 * workers → core, tickets. A rule names what a part may reach; all else is refused.
 *
 * @typedef {{ part: string, from: string, may: string[], packages: string[], why: string }} Part
 */

/** @type {Part[]} */
const parts = [
  {
    part: 'core',
    from: '^src/core/',
    may: ['^src/core/'],
    packages: ['zod', 'yaml', 're2js', 'jsonc-parser'],
    why: 'core decides the same anywhere: no page, no clock, no other part',
  },
  {
    part: 'tickets',
    from: '^src/tickets/',
    may: ['^src/tickets/', '^src/core/'],
    packages: ['jose'],
    why: 'tickets know claims and keys, not who shows them',
  },
  {
    part: 'share',
    from: '^src/share/',
    may: ['^src/share/', '^src/core/'],
    packages: ['zod'],
    why: 'links are read and written without a page',
  },
  {
    part: 'client',
    from: '^src/client/',
    may: ['^src/client/', '^src/core/', '^workers/engine-api\\.ts$'],
    packages: ['comlink'],
    why: 'the client is the one road to the worker and knows its contract only',
  },
  {
    part: 'editor',
    from: '^src/editor/',
    may: ['^src/editor/', '^src/core/', '^workers/engine-api\\.ts$'],
    packages: ['monaco-editor'],
    why: 'the editor is told what to mark; it asks nobody',
  },
  {
    part: 'state',
    from: '^src/state/',
    may: ['^src/(state|client|share|tickets|core)/', '^workers/engine-api\\.ts$', '^virtual:pwa-register$'],
    packages: [],
    why: 'state never knows what draws it',
  },
  {
    part: 'ui',
    from: '^src/ui/',
    may: ['^src/(ui|state|editor|share|tickets|core)/', '^workers/engine-api\\.ts$'],
    packages: ['@floating-ui/dom', '@lucide/svelte', 'bits-ui', 'diff', 'svelte', 'uplot', 'virtua'],
    why: 'panels reach the worker through state',
  },
  {
    part: 'embed',
    from: '^src/embed/',
    may: ['^src/(embed|ui|state|share|core)/', '^workers/engine-api\\.ts$'],
    packages: ['zod', '@lucide/svelte', 'svelte'],
    why: 'an embed has no editor, no tickets and no keys',
  },
  {
    part: 'cli',
    from: '^src/cli/',
    may: ['^src/(cli|core)/', '^(fs|util|node:fs|node:util)$'],
    packages: ['tsx', 'vite'],
    why: 'a command has no page and no worker; what it ships is bundled',
  },
  {
    part: 'docs',
    from: '^src/docs/',
    may: ['^src/(docs|share|core)/', '^src/state/read-scenario\\.ts$', '^(fs|path|url|node:fs|node:path|node:url)$'],
    packages: ['marked', 'vite', 'zod'],
    why: 'the docs are made when the page is built; nothing of them runs in it',
  },
  {
    part: 'workers',
    from: '^workers/',
    may: ['^workers/', '^src/(core|tickets)/'],
    packages: ['comlink'],
    why: 'a worker has no page',
  },
];

/** @param {string} name */
const packagePattern = (name) => `(^|/)node_modules/${name}/`;

/** Files a module may not reach although its folder may. `svelte/internal` and styles come with every component. */
const partRules = parts.map(({ part, from, may, packages, why }) => ({
  name: `${part}-imports`,
  comment: why,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [...may, ...packages.map(packagePattern), '\\.css$'] },
}));

export default {
  forbidden: [
    ...partRules,
    {
      name: 'no-cycles',
      comment:
        'types may know each other; the one other exception: a list of steps holds repeats, which hold such lists',
      severity: 'error',
      from: { pathNot: '^src/ui/scenario/(StepList|RepeatEditor)\\.svelte$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
    {
      name: 'contract-is-types',
      comment: 'the page sees the types of the worker, never its code',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^workers/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'shipped-packages',
      comment: 'what is shipped stands in dependencies',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '^src/(cli|docs)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'core'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'monaco-in-editor',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/editor/' },
      to: { path: packagePattern('monaco-editor') },
    },
    {
      name: 'jose-in-tickets',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '^src/tickets/' },
      to: { path: packagePattern('jose') },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'browser', 'default', 'types'],
      extensions: ['.ts', '.svelte', '.svelte.ts', '.js', '.mjs'],
    },
  },
};
