import type { TextEdit } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import type { Operator } from '../model.ts';
import type { RuleKind, ToolState } from './model.ts';
import type { Path } from './operation.ts';

/** Fields of a limit that forms edit. */
export type LimitField = 'name' | 'counter' | 'window' | 'max' | 'scope' | 'increment' | 'incrementFrom' | 'onDeny';

/**
 * One thing a person does in the builder. `at` is the path of a part as the view model gives it. An undefined value takes
 * the field out. `tool: null` means every tool.
 */
export type Change =
  | { readonly kind: 'default'; readonly action: 'allow' | 'deny' }
  | { readonly kind: 'state'; readonly tool: string; readonly state: ToolState }
  | { readonly kind: 'hide'; readonly name: string; readonly hidden: boolean }
  | { readonly kind: 'forget'; readonly tool: string }
  | { readonly kind: 'approval'; readonly tool: string; readonly asked: boolean }
  | { readonly kind: 'add-rule'; readonly tool: string | null; readonly rule: RuleKind }
  | {
      readonly kind: 'put-rule';
      readonly tool: string;
      readonly list: 'require' | 'deny_if';
      readonly conditions: readonly { readonly path: string; readonly op: Operator; readonly value: JsonValue }[];
    }
  | { readonly kind: 'add-condition'; readonly at: Path; readonly tool: string | null }
  | { readonly kind: 'add-limit'; readonly tool: string | null }
  | { readonly kind: 'operator'; readonly at: Path; readonly op: Operator; readonly value: JsonValue | undefined }
  | { readonly kind: 'limit'; readonly at: Path; readonly field: LimitField; readonly value: JsonValue | undefined }
  | { readonly kind: 'field'; readonly at: Path; readonly name: string; readonly value: JsonValue | undefined }
  | { readonly kind: 'remove'; readonly at: Path }
  | { readonly kind: 'move'; readonly at: Path; readonly by: -1 | 1 };

/** What a change comes to: edits of the text, or why there are none. */
export type EditResult =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'refused'; readonly reason: string };
