import type { TextEdit } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import type { Dialect } from '../model.ts';
import { type JsonNode, toJson } from '../policylayer/json-node.ts';
import type { Change, EditResult } from './change.ts';
import { Draft } from './draft.ts';
import { jsonEdits } from './json-operation.ts';
import { operate, type Operation } from './operation.ts';
import { planChange } from './plan-change.ts';
import { readBuilder } from './read-builder.ts';
import { readTree } from './tree.ts';
import { yamlEdits } from './yaml-operation.ts';

const REFUSED = 'this part is written in a way the builder cannot change; change it in the text';

/**
 * The edits of a policy text that make a change, and nothing else: what the text then says is compared with what was
 * wanted, and when they differ the change is refused. Edits do not overlap and are in order. Never throws.
 */
export function editPolicy(text: string, dialect: Dialect, change: Change): EditResult {
  const document = readBuilder(text, dialect);
  if (document.kind === 'locked') return { kind: 'refused', reason: document.message };
  const planned = planChange(document, change);
  if (planned.kind === 'refused') return planned;
  const edits = carryOut(text, dialect, planned.operations);
  return edits === null ? { kind: 'refused', reason: REFUSED } : { kind: 'edits', edits };
}

/** The edits that make operations one after the other; null when one of them would not do exactly what it should. */
export function carryOut(text: string, dialect: Dialect, operations: readonly Operation[]): readonly TextEdit[] | null {
  const draft = new Draft(text);
  let root = rootOf(text, dialect);
  for (const operation of operations) {
    if (root === null) return null;
    const edits: readonly TextEdit[] | null =
      dialect === 'intercept' ? yamlEdits(draft.text, operation) : jsonEdits(draft.text, root, operation);
    if (edits === null) return null;
    if (edits.length === 0) continue;
    const wanted = operate(toJson(root), operation);
    draft.apply(edits);
    root = rootOf(draft.text, dialect);
    if (root === null || wanted === null || !isSame(toJson(root), wanted)) return null;
  }
  return draft.edits();
}

function rootOf(text: string, dialect: Dialect): JsonNode | null {
  const tree = readTree(text, dialect);
  return tree.kind === 'tree' ? tree.root : null;
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
