import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decidingRule } from '../../../src/core/analysis/argument-search.ts';
import { type Evasion, findEvasions, type SampleCalls } from '../../../src/core/analysis/evasion.ts';
import { findSloppiness } from '../../../src/core/analysis/sloppiness.ts';
import { EXAMPLES } from '../../../src/core/catalogue/examples.ts';
import { SAMPLE_ARGUMENTS } from '../../../src/core/catalogue/seed.ts';
import { compilePolicy } from '../../../src/core/engine/compile.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { editPolicy } from '../../../src/core/policy/builder/edit-policy.ts';
import { readTree } from '../../../src/core/policy/builder/tree.ts';
import { OPERATORS, type Dialect } from '../../../src/core/policy/model.ts';
import { compilePattern } from '../../../src/core/policy/pattern.ts';
import { conditionsOf } from '../../../src/ui/analysis/evasion-words.ts';
import { withEdits } from '../../../src/ui/results/text-edits.ts';
import { readPolicy } from '../attacks/read-policy.ts';
import { drain } from '../drain.ts';

const TOOL = 'create_escrow';

/** The text after the press of the button that adds the rules. */
function pressed(text: string, dialect: Dialect, { tool, closing }: Evasion): string {
  return closing.rules.reduce((before, rule) => {
    const change = { kind: 'put-rule', tool, list: rule.list, conditions: conditionsOf(rule) } as const;
    const result = drain(editPolicy(before, dialect, change, readTree));
    if (result.kind === 'refused') throw new Error(`${result.reason}\n${before}`);
    return withEdits(before, result.edits);
  }, text);
}

/** Presses every button of a policy, one policy each, and holds what the fix said against what the finders find then. */
function holds(text: string, calls: SampleCalls): void {
  const policy = readPolicy(text);
  for (const evasion of drain(findEvasions(policy, calls, compilePattern))) {
    const { tool, closing, ways } = evasion;
    expect(closing.closes + closing.open.length).toBe(ways.length);
    if (closing.rules.length === 0) continue;
    const after = readPolicy(pressed(text, policy.dialect, evasion));
    const decided = compilePolicy(after).tool(tool);
    const open = new Set(closing.open.map(({ way }) => way));
    for (const [place, { mutation }] of ways.entries()) {
      expect([mutation.kind, decidingRule(decided, mutation.args) === -1]).toEqual([mutation.kind, open.has(place)]);
    }
    for (const call of calls.allowed.filter((each) => each.tool === tool)) {
      expect([call.args, decidingRule(decided, call.args)]).toEqual([call.args, -1]);
    }
    const before = new Set(
      drain(findSloppiness(policy, calls)).map(({ kind, segments }) => `${kind} ${String(segments)}`),
    );
    const strict = drain(findSloppiness(after, calls)).filter(({ kind }) => kind === 'left-out');
    expect(strict.filter(({ kind, segments }) => !before.has(`${kind} ${String(segments)}`))).toEqual([]);
    const again = drain(findEvasions(after, calls, compilePattern)).find(
      (each) => each.tool === tool && each.rule === evasion.rule && each.pointer === evasion.pointer,
    );
    expect(again?.ways.length ?? 0).toBeLessThanOrEqual(closing.open.length + closing.others);
  }
}

describe('after one press', () => {
  test.each(EXAMPLES.filter(({ name }) => name !== 'mistakes').map((example) => [example.name, example] as const))(
    'a policy of the gallery has none of the ways it closed: %s',
    (_, { policyText }) => {
      holds(policyText, { denied: [], allowed: [] });
    },
  );

  const value = fc.constantFrom<unknown>(0, 10, 900, -5, 'agent-4', 'Translate', '10', true);
  const condition = fc
    .record({
      path: fc.constantFrom('args.amount', 'args.agentId', 'args.task', 'args.note'),
      op: fc.constantFrom(...OPERATORS),
      value,
    })
    .map(({ path, op, value: one }) => ({
      path,
      op,
      value:
        op === 'in' || op === 'not_in'
          ? [one]
          : op === 'exists'
            ? true
            : op === 'regex'
              ? 'agent-\\d'
              : ['lt', 'lte', 'gt', 'gte'].includes(op)
                ? 100
                : one,
    }));
  const rules = fc.array(fc.record({ conditions: fc.array(condition, { minLength: 1, maxLength: 2 }) }), {
    maxLength: 2,
  });
  const usual = SAMPLE_ARGUMENTS.get(TOOL) ?? {};
  const args = fc
    .record(
      {
        amount: fc.constantFrom<unknown>(1, 50, 500, -7),
        task: fc.constantFrom('Translate', 'read it'),
        note: fc.constant('x'),
      },
      { requiredKeys: [] },
    )
    .map((changed) => ({ ...usual, ...changed }) as JsonObject);

  test('a small policy has none of the ways it closed, and denies nothing more that was allowed', () => {
    fc.assert(
      fc.property(rules, rules, fc.array(args, { maxLength: 4 }), (require, denyIf, made) => {
        const text = JSON.stringify({
          version: '1',
          default: 'deny',
          tools: { [TOOL]: { require, deny_if: denyIf } },
        });
        const decided = compilePolicy(readPolicy(text)).tool(TOOL);
        const sorted = (passes: boolean) =>
          made
            .filter((each) => (decidingRule(decided, each) === -1) === passes)
            .map((each) => ({ tool: TOOL, args: each }));
        holds(text, { denied: sorted(false), allowed: sorted(true) });
      }),
      { numRuns: 150 },
    );
  });
});
