/** The theme of a page that says it in one of the usual ways, else of the browser. For the page around an embed. */
export function hostTheme(element: Element): 'light' | 'dark' {
  const { documentElement: root, body } = element.ownerDocument;
  for (const node of [root, body]) {
    const said = node.dataset['theme'] ?? node.dataset['colorMode'] ?? node.dataset['bsTheme'];
    if (said === 'light' || said === 'dark') return said;
    if (node.classList.contains('dark')) return 'dark';
    if (node.classList.contains('light')) return 'light';
  }
  const schemes = getComputedStyle(element).colorScheme.split(' ');
  if (schemes.includes('dark') !== schemes.includes('light')) return schemes.includes('dark') ? 'dark' : 'light';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Calls `changed` when the theme of the page may have changed; the answer stops that. */
export function watchHostTheme(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(changed);
  for (const node of [document.documentElement, document.body]) observer.observe(node, { attributes: true });
  system.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', changed);
  };
}
