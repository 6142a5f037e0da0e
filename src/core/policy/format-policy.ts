import type { TextEdit } from '../diagnostic.ts';
import { formatJson } from './format-json.ts';
import { formatYaml } from './format-yaml.ts';
import type { Dialect } from './model.ts';

/** Laying out a longer YAML text would keep the worker busy for over a second. */
const MOST_YAML = 200_000;

/** The edits that lay a text out, none when it is laid out already; or why it stays as it is, in a clause. */
export type Formatted =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** Lays a policy of either dialect out with two spaces; comments stay. Never throws. */
export function formatPolicy(text: string, dialect: Dialect): Formatted {
  if (dialect === 'policylayer') {
    const edits = formatJson(text);
    return edits === null ? refused('the text is no whole JSON document') : { kind: 'edits', edits };
  }
  if (text.length > MOST_YAML) return refused('YAML of more than 200 kB is left as it is');
  const edits = formatYaml(text);
  return edits === null ? refused('the text is no whole YAML document') : { kind: 'edits', edits };
}

function refused(reason: string): Formatted {
  return { kind: 'refused', reason };
}
