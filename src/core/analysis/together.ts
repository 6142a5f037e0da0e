import { FlowNetwork } from './flow.ts';
import type { Cap } from './pieces.ts';
import { slidingStarts, type CapsByWindow } from './span-capacity.ts';
import { spanTree, type SpanNode } from './span-tree.ts';

/** Calls of one tool in one shortest window that it touches. */
export interface Placed {
  readonly tool: number;
  readonly atMs: number;
  readonly calls: number;
}

/** The most calls of several tools together, the start of the span, and where they stand when `apart` was asked for. */
export interface CallsTogether {
  readonly calls: number;
  readonly fromMs: number;
  readonly placed: readonly Placed[];
}

/** A tool's own caps, and the most calls it gets through the span whatever the others do. */
export interface TogetherTool {
  readonly own: CapsByWindow;
  readonly most: number;
}

/**
 * The most calls that tools with own caps get through a span when `shared` caps hold for all of them: a largest flow from
 * the tools through their windows to the shared ones. Windows that are alike are one node, since spreading calls evenly
 * over them is as good as any other way; `apart` keeps them separate, to say where each call stands.
 */
export function callsTogether(
  tools: readonly TogetherTool[],
  shared: CapsByWindow,
  span: { readonly fromMs: number; readonly lengthMs: number },
  apart = false,
): CallsTogether {
  const lengths = lengthsOf(tools, shared);
  const tree = spanTree(lengths, span.fromMs, span.fromMs + span.lengthMs, apart);
  const network = new FlowNetwork();
  const sharedLeaves: number[] = [];
  const joinShared = (node: SpanNode, parent: number, times: number): void => {
    const many = times * node.times;
    const own = network.addNode();
    network.addEdge(own, parent, capacity(shared, lengths, node, many));
    if (node.children.length === 0) sharedLeaves.push(own);
    for (const child of node.children) joinShared(child, own, many);
  };
  joinShared(tree, 1, 1);
  const edges: { readonly tool: number; readonly atMs: number; readonly edge: number }[] = [];
  for (const [tool, { own: caps, most }] of tools.entries()) {
    let leaf = 0;
    const join = (node: SpanNode, parent: number, times: number): void => {
      const many = times * node.times;
      const own = network.addNode();
      network.addEdge(parent, own, node.level === -1 ? most : capacity(caps, lengths, node, many));
      if (node.children.length === 0) {
        edges.push({ tool, atMs: node.fromMs, edge: network.addEdge(own, sharedLeaves[leaf++] ?? 1, Infinity) });
      }
      for (const child of node.children) join(child, own, many);
    };
    join(tree, 0, 1);
  }
  const calls = network.maximise();
  const placed = edges.map(({ tool, atMs, edge }): Placed => ({ tool, atMs, calls: network.flowOf(edge) }));
  return { calls, fromMs: span.fromMs, placed: apart ? placed.filter((entry) => entry.calls > 0) : [] };
}

/** `callsTogether` over every span of that length there is. */
export function mostTogether(
  tools: readonly TogetherTool[],
  shared: CapsByWindow,
  lengthMs: number,
  boundaryMs: number,
): CallsTogether {
  const lengths = lengthsOf(tools, shared);
  let best: CallsTogether = { calls: -1, fromMs: boundaryMs, placed: [] };
  for (const fromMs of slidingStarts(lengths, lengthMs, boundaryMs)) {
    const found = callsTogether(tools, shared, { fromMs, lengthMs });
    if (found.calls > best.calls) best = found;
  }
  return best;
}

function lengthsOf(tools: readonly TogetherTool[], shared: CapsByWindow): readonly number[] {
  const lengths = new Set([...shared.keys(), ...tools.flatMap(({ own }) => [...own.keys()])]);
  return [...lengths].sort((a, b) => a - b);
}

function capacity(caps: ReadonlyMap<number, Cap>, lengths: readonly number[], node: SpanNode, times: number): number {
  const length = lengths[node.level];
  const calls = length === undefined ? undefined : caps.get(length)?.calls;
  return calls === undefined ? Infinity : calls * times;
}
