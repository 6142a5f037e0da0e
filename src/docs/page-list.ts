/** A page of the docs: the name of its source and its address, and its words in the list of pages. */
export interface PageName {
  readonly name: string;
  readonly words: string;
}

/** Every page, in the order of the list. */
export const PAGES: readonly PageName[] = [
  { name: 'index', words: 'Overview' },
  { name: 'policy', words: 'Policies' },
  { name: 'scenario', words: 'Scenarios' },
  { name: 'findings', words: 'Findings' },
  { name: 'embedding', words: 'Embedding' },
  { name: 'hosting', words: 'Hosting' },
  { name: 'security', words: 'Security' },
  { name: 'programs', words: 'For programs' },
];
