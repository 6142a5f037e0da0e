/** A mistake in the sources of the docs; it ends the build. The message names the page and says what to do. */
export class DocsProblem extends Error {
  constructor(page: string, message: string) {
    super(`docs, ${page}: ${message}`);
    this.name = 'DocsProblem';
  }
}
