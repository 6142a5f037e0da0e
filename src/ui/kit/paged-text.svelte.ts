/** A text that is gathered page by page, so that it tells how far it is and can be stopped. */
export class PagedText {
  /** Entries gathered so far; null while nothing is. */
  done = $state<number | null>(null);

  /**
   * Entries `from … to` in parts, at most `page` at once. `ask` gives the text of `count` entries, null where there is
   * none any more: then this comes to `gone`. Null when it was stopped.
   */
  protected async gather(
    { from, to, page }: { readonly from: number; readonly to: number; readonly page: number },
    ask: (from: number, count: number) => Promise<string | null>,
  ): Promise<string[] | 'gone' | null> {
    const parts: string[] = [];
    this.done = 0;
    for (let at = from; at < to; at += page) {
      const count = Math.min(page, to - at);
      const part = await ask(at, count);
      if (!this.isWriting()) return null;
      if (part === null) {
        this.stop();
        return 'gone';
      }
      parts.push(part);
      this.done += count;
    }
    this.stop();
    return parts;
  }

  /** False once it was stopped. */
  isWriting(): boolean {
    return this.done !== null;
  }

  /** Stops gathering; nothing comes of it. */
  stop(): void {
    this.done = null;
  }
}

/** A file of JSON lines that the worker writes; `problem` says why none came of it. */
export class LinesFile extends PagedText {
  /** A sentence. */
  problem = $state<string | null>(null);

  /** As `gather`, as a file; null also where the run is gone. */
  protected async file(...[span, ask]: Parameters<PagedText['gather']>): Promise<Blob | null> {
    this.problem = null;
    const parts = await this.gather(span, ask);
    if (parts === 'gone') this.problem = 'The run is not there any more. Run again, then export.';
    return Array.isArray(parts) ? new Blob(parts, { type: 'application/jsonl' }) : null;
  }
}
