import type { Change } from '../src/core/policy/builder/change.ts';
import { editPolicy } from '../src/core/policy/builder/edit-policy.ts';
import { viewOf } from '../src/core/policy/builder/read-builder.ts';
import { readTree, type Tree } from '../src/core/policy/builder/tree.ts';
import type { Dialect } from '../src/core/policy/model.ts';
import { recognizeDialect } from '../src/core/policy/parse.ts';
import type { BuilderAnswer, PolicySource } from './engine-api.ts';
import { nextTask } from './slices.ts';

/** Texts whose tree is kept: the one on screen, and the one an edit makes of it. */
const KEPT = 2;

/** The newest last. */
let kept: readonly { readonly text: string; readonly dialect: Dialect; readonly tree: Tree }[] = [];

function readKept(text: string, dialect: Dialect): Tree {
  const known = kept.find((each) => each.text === text && each.dialect === dialect);
  const found = known ?? { text, dialect, tree: readTree(text, dialect) };
  kept = [...kept.filter((each) => each !== known), found].slice(-KEPT);
  return found.tree;
}

/** What a text holds as forms, or what a change of it comes to; gives way whenever the text was read. */
export async function answerBuilder({ dialect, text }: PolicySource, change: Change | null): Promise<BuilderAnswer> {
  const actual = dialect === 'auto' ? recognizeDialect(text) : dialect;
  if (change === null) return viewOf(readKept(text, actual), actual);
  const steps = editPolicy(text, actual, change, readKept);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await nextTask();
  }
}
