import { type K6Result, K6ResultReader, type K6Results } from '../../core/k6/results.ts';

/** A file of results being read, and what to show of it. Nothing of it is kept but here. */
export class ResultsFile {
  /** Bytes read so far. */
  done = $state(0);
  found = $state.raw<K6Results | null>(null);
  /** True when the file could not be read. */
  isBroken = $state(false);
  onlyDisagreements = $state(false);
  readonly #file: File;

  constructor(file: File) {
    this.#file = file;
  }

  readonly wrong: readonly K6Result[] = $derived((this.found?.results ?? []).filter(({ agrees }) => !agrees));
  readonly shown: readonly K6Result[] = $derived(this.onlyDisagreements ? this.wrong : (this.found?.results ?? []));

  get name(): string {
    return this.#file.name;
  }

  get size(): number {
    return this.#file.size;
  }

  /** Reads the file piece by piece, so that the page stays usable. */
  async read(): Promise<void> {
    const reader = new K6ResultReader();
    const decoder = new TextDecoder();
    try {
      const pieces = this.#file.stream().getReader();
      for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
        reader.add(decoder.decode(piece.value, { stream: true }));
        this.done += piece.value.length;
      }
      reader.add(decoder.decode());
      this.found = reader.finish();
      this.onlyDisagreements = this.wrong.length > 0;
    } catch {
      this.isBroken = true;
    }
  }
}
