import { findTool, type ToolField } from '../../catalogue/tools.ts';
import type { Dialect } from '../model.ts';
import { Stop, type Template } from './template.ts';

/** A whole rule, or a few that belong together, as members of a tool. */
export interface RuleSnippet {
  readonly label: string;
  readonly means: string;
  readonly members: Readonly<Record<string, Template>>;
}

/** The conventional name of a tool's counter. */
export function rateCounter(tool: string): string {
  return `${tool === '' || tool === '*' ? 'all_tools' : tool}_rate`;
}

function fieldOf(tool: string, fits: (field: ToolField) => boolean): string | null {
  return findTool(tool)?.fields.find(fits)?.name ?? null;
}

const numberOf = (tool: string): string => fieldOf(tool, ({ type }) => type === 'number') ?? 'amount';
const hasNumber = (tool: string): boolean => findTool(tool) === null || fieldOf(tool, isNumber) !== null;
const isNumber = ({ type }: ToolField): boolean => type === 'number';

/** The argument a rule is most likely about: one that may be left out, else the first. */
function argumentOf(tool: string): string {
  return fieldOf(tool, ({ required }) => !required) ?? fieldOf(tool, () => true) ?? 'agentId';
}

/** A limit on the number of calls. */
export function rateLimit(tool: string): Template {
  return {
    counter: new Stop(1, rateCounter(tool)),
    window: new Stop(2, 'minute'),
    max: new Stop(3, '10', true),
    scope: new Stop(4, 'grant'),
  };
}

function spendCap(tool: string): Template {
  return {
    counter: new Stop(1, `${tool}_spend`),
    window: new Stop(2, 'day'),
    max: new Stop(3, '1000', true),
    scope: new Stop(4, 'grant'),
    increment_from: new Stop(5, `args.${numberOf(tool)}`),
  };
}

const exists = (order: number, path: string): Template => ({
  conditions: [{ path: new Stop(order, path), op: 'exists', value: true }],
});

const compare = (order: number, path: string, op: string, value: string): Template => ({
  path: new Stop(order, path),
  op,
  value: new Stop(order + 1, value, true),
});

function policylayerSnippets(tool: string): readonly RuleSnippet[] {
  const number = `args.${numberOf(tool)}`;
  const deny: Template = {
    conditions: [compare(2, number, 'gt', '900')],
    on_deny: new Stop(4, 'The number is too high'),
  };
  const onNumbers: readonly RuleSnippet[] = [
    {
      label: 'spend cap',
      means: 'At most so much in a window, added up from an argument of each call.',
      members: { limits: [spendCap(tool)] },
    },
    {
      label: 'cap a number',
      means: 'The argument must be there and not above a number; one without the other can be dodged.',
      members: { require: [exists(1, number)], deny_if: [deny] },
    },
  ];
  return [
    { label: 'rate limit', means: 'At most so many calls in a window.', members: { limits: [rateLimit(tool)] } },
    ...(hasNumber(tool) ? onNumbers : []),
    {
      label: 'require an argument',
      means: 'Denies calls that leave the argument out.',
      members: { require: [exists(1, `args.${argumentOf(tool)}`)] },
    },
    {
      label: 'deny the tool',
      means: 'Denies every call; the tool stays in the list.',
      members: { deny_if: [{ conditions: [], on_deny: new Stop(1, 'Not allowed') }] },
    },
    {
      label: 'approval',
      means: 'A call that passes all rules and limits waits for a person.',
      members: { action: 'require_approval', reason: new Stop(1, 'A person has to agree') },
    },
  ];
}

function interceptSnippets(tool: string): readonly RuleSnippet[] {
  const place = tool === '*' ? '_global' : tool;
  const number = `args.${numberOf(tool)}`;
  const rule = (label: string, means: string, template: Template): RuleSnippet => ({
    label,
    means,
    members: { rules: [template] },
  });
  return [
    rule('rate limit', 'At most so many calls in a window.', {
      name: new Stop(1, 'call rate'),
      rate_limit: new Stop(2, '10/minute'),
    }),
    ...(hasNumber(tool)
      ? [
          rule('spend cap', 'At most so much in a window, added up from an argument of each call.', {
            name: new Stop(1, 'spend cap'),
            conditions: [compare(2, `state.${place}.spend`, 'lte', '1000')],
            state: { counter: 'spend', window: new Stop(4, 'day'), increment_from: new Stop(5, number) },
          }),
          rule('cap a number', 'The argument must be there and not above a number.', {
            name: new Stop(1, 'cap'),
            conditions: [compare(2, number, 'lte', '900')],
            on_deny: new Stop(4, 'The number is too high'),
          }),
        ]
      : []),
    rule('require an argument', 'Denies calls that leave the argument out.', {
      name: new Stop(1, 'argument is there'),
      conditions: [{ path: new Stop(2, `args.${argumentOf(tool)}`), op: 'exists', value: true }],
    }),
    rule('deny the tool', 'Denies every call; the tool stays in the list.', {
      name: new Stop(1, 'not allowed'),
      action: 'deny',
      on_deny: new Stop(2, 'Not allowed'),
    }),
  ];
}

/** Whole rules for a tool of any name, the commonest first. A tool without a number among its inputs gets none on numbers. */
export function ruleSnippets(dialect: Dialect, tool: string): readonly RuleSnippet[] {
  return dialect === 'intercept' ? interceptSnippets(tool) : policylayerSnippets(tool);
}

/** What the elements of a list of a tool (`limits`, `rules`) are in those rules, without repeats. */
export function elementSnippets(
  dialect: Dialect,
  tool: string,
  list: string,
): readonly { readonly label: string; readonly means: string; readonly element: Template }[] {
  const seen = new Set<string>();
  return ruleSnippets(dialect, tool).flatMap(({ label, means, members }) => {
    const found = members[list];
    const element: Template | undefined = Array.isArray(found) ? (found[0] as Template | undefined) : undefined;
    const key = JSON.stringify(element);
    if (element === undefined || seen.has(key)) return [];
    seen.add(key);
    return [{ label, means, element }];
  });
}
