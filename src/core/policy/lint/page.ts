import type { Fix, Range } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import type { Condition, Limit, ToolPolicy } from '../model.ts';

/** A condition as a rule has it, before it is written into a text. */
export type NewCondition = Pick<Condition, 'path' | 'op' | 'value'>;

/** One change of a policy's text, in terms both dialects have. Pointers are those of the policy's dialect. */
export type Change =
  /** Puts `value` in the place of the value there. */
  | { readonly kind: 'write'; readonly pointer: string; readonly value: JsonValue }
  /** Gives the member there another name. */
  | { readonly kind: 'rename'; readonly pointer: string; readonly name: string }
  /** Takes the member or the element out. */
  | { readonly kind: 'remove'; readonly pointer: string }
  /** Adds a rule that denies calls unless the conditions hold. */
  | { readonly kind: 'require'; readonly tool: ToolPolicy; readonly conditions: readonly NewCondition[] }
  /** Adds a limit of `max` calls a minute. */
  | { readonly kind: 'limit'; readonly tool: ToolPolicy; readonly max: number }
  /** Makes a limit add up an argument. */
  | { readonly kind: 'add-up'; readonly limit: Limit; readonly path: string };

/** Parts of a rule or of a limit that a remark points at. */
export type Part = 'path' | 'op' | 'value' | 'max' | 'counter';

/** The text of a policy, to find places in it and to make fixes for it. One for each dialect. */
export interface Page {
  /** The whole member or element a pointer leads to; null when the text has none. */
  whole(pointer: string): Range | null;
  /** The name of the member there, quotes included. */
  name(pointer: string): Range | null;
  /** The value of the member or the element there. */
  value(pointer: string): Range | null;
  /** Pointer to a part of the condition or the limit at `pointer`. */
  part(pointer: string, part: Part): string;
  /** Pointer to the item at `index` of the list at `pointer`. */
  item(pointer: string, index: number): string;
  /** The fix of these changes; none when one of them cannot be written without touching other text. */
  fix(title: string, ...changes: readonly Change[]): readonly Fix[];
}
