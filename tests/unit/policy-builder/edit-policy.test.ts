import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/core/policy/builder/change.ts';
import { editPolicy } from '../../../src/core/policy/builder/edit-policy.ts';
import type { BuilderDocument, ToolState } from '../../../src/core/policy/builder/model.ts';
import { planChange } from '../../../src/core/policy/builder/plan-change.ts';
import { viewOf } from '../../../src/core/policy/builder/read-builder.ts';
import { readTree } from '../../../src/core/policy/builder/tree.ts';
import type { Dialect } from '../../../src/core/policy/model.ts';
import { type JsonNode, toJson } from '../../../src/core/policy/policylayer/json-node.ts';
import { withEdits } from '../../../src/ui/results/text-edits.ts';
import { everyChange } from './every-change.ts';
import { oddJson, oddYaml, type OddText } from './odd-text.ts';
import { drain } from '../drain.ts';

const DIALECTS: readonly (readonly [Dialect, fc.Arbitrary<OddText>])[] = [
  ['policylayer', oddJson],
  ['intercept', oddYaml],
];

function open(text: string, dialect: Dialect): BuilderDocument {
  const document = viewOf(readTree(text, dialect), dialect);
  if (document.kind === 'locked') throw new Error(`${document.message}\n${text}`);
  return document;
}

function rootOf(text: string, dialect: Dialect): JsonNode {
  const tree = readTree(text, dialect);
  if (tree.kind === 'broken') throw new Error(`${tree.message}\n${text}`);
  return tree.root;
}

function edit(text: string, dialect: Dialect, change: Change): string {
  const result = drain(editPolicy(text, dialect, change, readTree));
  if (result.kind === 'refused') throw new Error(`${result.reason}: ${JSON.stringify(change)}\n${text}`);
  return withEdits(text, result.edits);
}

/** A document, and one change that can be planned for it. */
function changed(odd: fc.Arbitrary<OddText>, dialect: Dialect): fc.Arbitrary<OddText & { readonly change: Change }> {
  return odd.chain(({ value, text }) => {
    const document = open(text, dialect);
    const changes = everyChange(document).filter((change) => planChange(document, change).kind === 'plan');
    return fc.constantFrom(...changes).map((change) => ({ value, text, change }));
  });
}

/** Everything of a document but the places a change may touch: the tool it is about, `hide`, `default`. */
function untouched(text: string, dialect: Dialect, change: Change): ReadonlyMap<string, string> {
  const owner = 'at' in change ? change.at : 'tool' in change && change.tool !== null ? ['tools', change.tool] : ['?'];
  const slices = new Map<string, string>();
  const walk = (node: JsonNode, path: readonly string[]): void => {
    if (node.kind !== 'object') return;
    for (const { name, range, value } of node.members) {
      const here = [...path, name];
      const key = here.join('\0');
      const isOn = here.every((segment, index) => segment === owner[index]);
      if (isOn && here.length < 2) walk(value, here);
      else if (!isOn && !['hide', 'default'].includes(name) && !(name === 'tools' && owner[0] === '?')) {
        // why: a comment behind the last line of a block may be read as part of it, or of what follows.
        slices.set(key, text.slice(range.start, range.end).replace(/(?:\s+# c\d+)*\s*$/, ''));
      }
    }
  };
  walk(rootOf(text, dialect), []);
  return slices;
}

function modelOf({ tools, hide, defaultAction, everyTool }: BuilderDocument): unknown {
  const plain = [...tools, everyTool].map(({ name, state, rules, limits, approval }) => [
    name,
    state,
    rules.map(({ kind, conditions, onDeny }) => [
      kind,
      onDeny,
      conditions.map((each) => [each.argument, each.op, each.value]),
    ]),
    limits.map(({ counter, window, max }) => [counter, window, max]),
    approval,
  ]);
  return [plain.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)), hide.map(({ name }) => name), defaultAction];
}

describe.each(DIALECTS)('edits of %s texts', (dialect, odd) => {
  test('an odd text says what was meant', () => {
    fc.assert(
      fc.property(odd, ({ value, text }) => {
        expect(JSON.stringify(toJson(rootOf(text, dialect)))).toBe(JSON.stringify(value));
      }),
    );
  });

  test('every change can be made, and leaves all other parts byte for byte', () => {
    fc.assert(
      fc.property(changed(odd, dialect), ({ text, change }) => {
        const after = edit(text, dialect, change);
        const kept = untouched(after, dialect, change);
        for (const [key, slice] of untouched(text, dialect, change)) expect(kept.get(key)).toBe(slice);
      }),
      { numRuns: 400 },
    );
  });

  test('comments outside of what is taken out survive', () => {
    fc.assert(
      fc.property(changed(odd, dialect), ({ text, change }) => {
        const result = drain(editPolicy(text, dialect, change, readTree));
        const after = edit(text, dialect, change);
        const replaced =
          result.kind === 'edits' ? result.edits.map(({ range }) => text.slice(range.start, range.end)) : [];
        const gone = new Set(replaced.join('\n').match(/c\d+\b/g) ?? []);
        const isTaking = ['remove', 'forget', 'state', 'move', 'limit', 'operator', 'field'].includes(change.kind);
        for (const comment of text.match(/(?:\/\/|\/\*|#) c\d+\b/g) ?? []) {
          if (!isTaking || !gone.has(comment.slice(comment.indexOf('c')))) expect(after).toContain(comment);
        }
      }),
    );
  });

  test('a field has the value that was set, and loses it again', () => {
    fc.assert(
      fc.property(odd, fc.constantFrom('no', 'say: "why" #', '', 'a\nb'), ({ text }, value) => {
        for (const { rules } of open(text, dialect).tools) {
          for (const { path, onDeny } of rules) {
            const set = edit(text, dialect, { kind: 'field', at: path, name: 'on_deny', value });
            const again = edit(set, dialect, { kind: 'field', at: path, name: 'on_deny', value: onDeny });
            const found = open(set, dialect)
              .tools.flatMap((tool) => tool.rules)
              .find((rule) => String(rule.path) === String(path));
            expect(found?.onDeny).toBe(value);
            expect(modelOf(open(again, dialect))).toEqual(modelOf(open(text, dialect)));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('states are reached, and what was custom comes back', () => {
    const state = fc.constantFrom<ToolState>('deny', 'hide');
    fc.assert(
      fc.property(odd, state, ({ text }, to) => {
        const before = open(text, dialect);
        const tool = before.tools.find((each) => each.state === 'custom');
        if (tool === undefined) return;
        const there = edit(text, dialect, { kind: 'state', tool: tool.name, state: to });
        expect(open(there, dialect).tools.find(({ name }) => name === tool.name)?.state).toBe(to);
        const back = edit(there, dialect, { kind: 'state', tool: tool.name, state: 'custom' });
        expect(modelOf(open(back, dialect))).toEqual(modelOf(before));
      }),
    );
  });

  test.each(['allow', 'deny', 'hide'] as const)('any tool can be made %s', (state) => {
    fc.assert(
      fc.property(odd, fc.constantFrom('create_escrow', 'query_agents', 'not_on_the_server'), ({ text }, tool) => {
        const after = open(edit(text, dialect, { kind: 'state', tool, state }), dialect);
        const found = after.tools.find(({ name }) => name === tool);
        expect(found?.state ?? after.defaultAction).toBe(state);
      }),
    );
  });

  test('a part moved down and up again is where it was', () => {
    fc.assert(
      fc.property(odd, ({ text }) => {
        for (const { rules } of open(text, dialect).tools) {
          const [first, second] = rules;
          if (first === undefined || second === undefined || first.kind !== second.kind) continue;
          const down = edit(text, dialect, { kind: 'move', at: first.path, by: 1 });
          const up = edit(down, dialect, { kind: 'move', at: second.path, by: -1 });
          expect(modelOf(open(up, dialect))).toEqual(modelOf(open(text, dialect)));
        }
      }),
    );
  });
});
