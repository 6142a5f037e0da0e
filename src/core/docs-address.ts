/** Where the docs speak of something: a page of theirs and the anchor on it, relative to the page of the playground. */
export function docsAddress(page: string, anchor = ''): string {
  return `docs/${page}.html${anchor && `#${anchor}`}`;
}
