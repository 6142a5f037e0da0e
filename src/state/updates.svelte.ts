/** A newer version of the page, fetched in the background; it waits until the person takes it. */
export class Updates {
  /** A newer version waits. */
  ready = $state(false);
  #watching = false;
  #apply: (() => Promise<void>) | null = null;

  /**
   * Keeps the page for offline use and looks for newer versions, once. Call it when the first verdict is on screen. Does
   * nothing where the browser has no service workers; a registration that fails is no fault of the page.
   */
  async watch(): Promise<void> {
    if (this.#watching || !('serviceWorker' in navigator)) return;
    this.#watching = true;
    try {
      const { registerSW } = await import('virtual:pwa-register');
      this.#apply = registerSW({
        onNeedRefresh: () => (this.ready = true),
        onRegisterError: () => undefined,
      });
    } catch {
      // why: without its helper the page is as it was before: online only.
      this.#watching = false;
    }
  }

  /** Opens the newer version; the page loads anew. Save work first. */
  async apply(): Promise<void> {
    await this.#apply?.();
  }
}
