/** The page's address, as far as links need it; tests pass their own. */
export interface Address {
  /** Fragment with `#`, or empty. */
  hash(): string;
  /** The whole address. */
  href(): string;
  /** Takes the fragment and the example's name away, without loading anything. */
  drop(): void;
}

/** Whether a fragment may be a link, however it was written; the codec says whether it is one. */
export const mayBeLink = (hash: string): boolean => /^#(v|%[57]6)[\d%]/i.test(hash);

export const pageAddress: Address = {
  hash: () => location.hash,
  href: () => location.href,
  drop() {
    const rest = new URL(location.href);
    rest.hash = '';
    rest.searchParams.delete('example');
    history.replaceState(history.state, '', rest);
  },
};
