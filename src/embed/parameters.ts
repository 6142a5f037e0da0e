const THEMES = ['auto', 'light', 'dark'] as const;
const VIEWS = ['split', 'policy', 'run'] as const;
const RUNS = ['auto', 'click'] as const;
const READONLY = ['1', '0'] as const;

export type EmbedTheme = (typeof THEMES)[number];
export type EmbedView = (typeof VIEWS)[number];

/** What the address of an embed asks for. `wrong` names the parameters that hold something else than their list has. */
export interface EmbedParameters {
  readonly theme: EmbedTheme;
  readonly view: EmbedView;
  /** False: nothing is run until the reader asks. */
  readonly runs: boolean;
  readonly readonly: boolean;
  readonly wrong: readonly string[];
}

/** Reads the query of an embed's address. A value that its list does not have is the first of the list. Never throws. */
export function readParameters(search: string): EmbedParameters {
  const query = new URLSearchParams(search);
  const wrong: string[] = [];
  const choose = <T extends string>(name: string, list: readonly [T, ...T[]]): T => {
    const asked = query.get(name);
    const known = list.find((value) => value === asked);
    if (asked !== null && known === undefined) wrong.push(name);
    return known ?? list[0];
  };
  return {
    theme: choose('theme', THEMES),
    view: choose('view', VIEWS),
    runs: choose('run', RUNS) === 'auto',
    readonly: choose('readonly', READONLY) === '1',
    wrong,
  };
}

/** The address of the whole page with the same content: `href` without the parameters of an embed. */
export function wholePage(href: string, fragment: string): string {
  const address = new URL(href);
  for (const name of ['embed', 'theme', 'view', 'run', 'readonly']) address.searchParams.delete(name);
  address.hash = fragment;
  return address.href;
}
