import type { TextEdit } from '../../diagnostic.ts';
import type { Dialect } from '../model.ts';
import { type JsonNode, toJson } from '../policylayer/json-node.ts';
import type { Change, EditResult } from './change.ts';
import { Draft } from './draft.ts';
import { jsonEdits } from './json-operation.ts';
import { operate, type Operation } from './operation.ts';
import { planChange } from './plan-change.ts';
import { viewOf } from './read-builder.ts';
import type { Tree } from './tree.ts';
import { yamlEdits } from './yaml-operation.ts';

const REFUSED: EditResult = {
  kind: 'refused',
  reason: 'this part is written in a way the builder cannot change; change it in the text',
};

/** Reads a text into a tree; one that remembers saves most of the work. */
export type TreeReader = (text: string, dialect: Dialect) => Tree;

/**
 * The edits of a policy text that make a change, and nothing else: what the text then says is compared with what was
 * wanted, and when they differ the change is refused. Edits do not overlap and are in order. Stops after each time the
 * text was read, since that takes long for a large one. Never throws.
 */
export function* editPolicy(
  text: string,
  dialect: Dialect,
  change: Change,
  read: TreeReader,
): Generator<void, EditResult> {
  const tree = read(text, dialect);
  yield;
  const document = viewOf(tree, dialect);
  if (document.kind === 'locked') return { kind: 'refused', reason: document.message };
  const planned = planChange(document, change);
  if (planned.kind === 'refused') return planned;
  const draft = new Draft(text);
  let root = rootOf(tree);
  for (const operation of planned.operations) {
    if (root === null) return REFUSED;
    const edits = editsOf(draft.text, dialect, root, operation);
    yield;
    if (edits === null) return REFUSED;
    if (edits.length === 0) continue;
    const wanted = operate(toJson(root), operation);
    draft.apply(edits);
    root = rootOf(read(draft.text, dialect));
    yield;
    if (root === null || JSON.stringify(toJson(root)) !== JSON.stringify(wanted)) return REFUSED;
  }
  return { kind: 'edits', edits: draft.edits() };
}

function editsOf(text: string, dialect: Dialect, root: JsonNode, operation: Operation): readonly TextEdit[] | null {
  return dialect === 'intercept' ? yamlEdits(text, operation) : jsonEdits(text, root, operation);
}

function rootOf(tree: Tree): JsonNode | null {
  return tree.kind === 'tree' ? tree.root : null;
}
