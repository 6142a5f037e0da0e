import type { LimitField } from '../../../core/policy/builder/change.ts';
import type { DialectForms } from '../../../core/policy/builder/dialect-forms.ts';
import type { BuilderLimit } from '../../../core/policy/builder/model.ts';
import type { MenuItem } from '../../kit/menu-item.ts';

/** What a limit's menu offers. */
export type LimitItem =
  'message' | 'argument' | 'number' | 'calls' | 'counter' | 'condition' | 'up' | 'down' | 'remove';

/** Names of the fields in the policy, for pointers. */
export const WRITTEN = {
  counter: 'counter',
  max: 'max',
  window: 'window',
  scope: 'scope',
  increment: 'increment',
  incrementFrom: 'increment_from',
} as const satisfies Partial<Record<LimitField, string>>;

/** What can be done to a limit in its form; what its dialect or place lacks is not offered. */
export function limitItems(
  limit: BuilderLimit,
  forms: DialectForms,
  isForAll: boolean,
  hasMessage: boolean,
): readonly MenuItem<LimitItem>[] {
  const { form, increment, incrementFrom, siblings, path } = limit;
  const place = Number(path.at(-1));
  const canScale = form !== 'rate_limit';
  const canRead = canScale && (!isForAll || forms.countsArgumentsForAll);
  const offers: readonly (readonly [boolean, MenuItem<LimitItem>])[] = [
    [form !== 'rate_limit', { id: 'message', label: 'Add a message to the agent', disabled: hasMessage }],
    [
      canRead && incrementFrom === undefined,
      { id: 'argument', label: 'Count by an argument', detail: 'increment_from' },
    ],
    [canScale && increment === undefined, { id: 'number', label: 'Count a fixed amount', detail: 'increment' }],
    [increment !== undefined || incrementFrom !== undefined, { id: 'calls', label: 'Count calls' }],
    [form === 'short', { id: 'counter', label: 'Give it a counter of its own' }],
    [form === 'state', { id: 'condition', label: 'Add a condition' }],
    [siblings > 1, { id: 'up', label: 'Move up', disabled: place === 0 }],
    [siblings > 1, { id: 'down', label: 'Move down', disabled: place === siblings - 1 }],
    [true, { id: 'remove', label: 'Remove the limit' }],
  ];
  return offers.filter(([offered]) => offered).map(([, item]) => item);
}
