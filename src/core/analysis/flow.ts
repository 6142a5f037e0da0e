/** Stands for no bound in a network; far above every capacity that is one, and small enough to add exactly. */
const UNBOUNDED = 2 ** 80;

/**
 * The largest flow through a network, by shortest augmenting paths in levels. Node 0 is the source, node 1 the sink.
 * Capacities are numbers of at least 0 or `Infinity`.
 */
export class FlowNetwork {
  readonly #to: number[] = [];
  readonly #left: number[] = [];
  readonly #edgesOf: number[][] = [[], []];

  /** A new node's number. */
  addNode(): number {
    return this.#edgesOf.push([]) - 1;
  }

  /** A new edge's number, for `flowOf`. */
  addEdge(from: number, to: number, capacity: number): number {
    const edge = this.#to.length;
    this.#to.push(to, from);
    this.#left.push(Math.min(capacity, UNBOUNDED), 0);
    this.#edgesOf[from]?.push(edge);
    this.#edgesOf[to]?.push(edge + 1);
    return edge;
  }

  /** Sends as much as fits from source to sink; `Infinity` where nothing bounds it. Call it once. */
  maximise(): number {
    let total = 0;
    for (let levels = this.#levels(); levels[1] !== -1; levels = this.#levels()) {
      const next = this.#edgesOf.map(() => 0);
      for (let sent = this.#push(0, UNBOUNDED, levels, next); sent > 0; sent = this.#push(0, UNBOUNDED, levels, next)) {
        total += sent;
        if (total >= UNBOUNDED) return Infinity;
      }
    }
    return total;
  }

  /** What an edge carries after `maximise`. */
  flowOf(edge: number): number {
    return this.#left[edge ^ 1] ?? 0;
  }

  /** Distance of every node from the source through edges with room; -1 for those it cannot reach. */
  #levels(): number[] {
    const levels = this.#edgesOf.map(() => -1);
    levels[0] = 0;
    const queue = [0];
    for (const node of queue) {
      for (const edge of this.#edgesOf[node] ?? []) {
        const to = this.#to[edge] ?? 0;
        if (levels[to] !== -1 || (this.#left[edge] ?? 0) <= 0) continue;
        levels[to] = (levels[node] ?? 0) + 1;
        queue.push(to);
      }
    }
    return levels;
  }

  #push(node: number, room: number, levels: readonly number[], next: number[]): number {
    if (node === 1) return room;
    const edges = this.#edgesOf[node] ?? [];
    for (let at = next[node] ?? 0; at < edges.length; next[node] = ++at) {
      const edge = edges[at] ?? 0;
      const to = this.#to[edge] ?? 0;
      const left = this.#left[edge] ?? 0;
      if (left <= 0 || levels[to] !== (levels[node] ?? 0) + 1) continue;
      const sent = this.#push(to, Math.min(room, left), levels, next);
      if (sent <= 0) continue;
      this.#left[edge] = left - sent;
      this.#left[edge ^ 1] = (this.#left[edge ^ 1] ?? 0) + sent;
      return sent;
    }
    return 0;
  }
}
