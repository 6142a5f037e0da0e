import type { Dialect, Policy } from '../model.ts';
import type { SourceComment } from './comments.ts';
import { writeIntercept } from './intercept-document.ts';
import { type ConversionNote, NoteBook } from './notes.ts';
import { quoted } from '../wording.ts';
import { asIntercept, asPolicylayer } from './own-dialect.ts';
import { writePolicylayer } from './policylayer-document.ts';
import { toIntercept } from './to-intercept.ts';
import { toPolicylayer } from './to-policylayer.ts';

/** A policy in another language: the text of a valid document, and what was lost or changed on the way. */
export interface Conversion {
  readonly text: string;
  readonly losses: readonly ConversionNote[];
}

/**
 * Writes a policy in a dialect: `policylayer` as strict JSON, `intercept` as YAML. Without an `impossible` or `differs`
 * note both documents decide every call alike; what is impossible is denied instead, so that the text is never more
 * permissive on that account. `comments` are kept in YAML. In its own dialect a policy is written out in the long form.
 * Deterministic; never throws. Reaches the YAML library: import this module on demand.
 */
export function convertPolicy(policy: Policy, to: Dialect, comments: readonly SourceComment[] = []): Conversion {
  const notes = new NoteBook();
  const text = to === 'intercept' ? yamlOf(policy, comments, notes) : jsonOf(policy, comments, notes);
  return { text, losses: notes.notes };
}

function yamlOf(policy: Policy, comments: readonly SourceComment[], notes: NoteBook): string {
  return writeIntercept(policy.dialect === 'intercept' ? asIntercept(policy) : toIntercept(policy, notes), comments);
}

function jsonOf(policy: Policy, comments: readonly SourceComment[], notes: NoteBook): string {
  const document = policy.dialect === 'policylayer' ? asPolicylayer(policy) : toPolicylayer(policy, notes);
  for (const { text, pointer } of comments) {
    const words = quoted(`# ${text.replaceAll('\n', ' ')}`);
    notes.add('comments', pointer, `${words} is left out`);
  }
  return writePolicylayer(document);
}
