import type { Dialect } from '../model.ts';
import { fieldsOf, type Kind, type Shape } from './grammar.ts';
import { elementSnippets, rateLimit } from './rule-snippets.ts';
import { OPEN, Stop, type Template } from './template.ts';

/** Kinds whose words are offered as soon as the field is written. */
const OFFERED: readonly Kind[] = [
  'default',
  'tool name',
  'action',
  'path',
  'amount path',
  'operator',
  'operand',
  'counter',
  'window',
  'seconds',
  'scope',
  'rate',
];

/** What is written for a new field; `again`: its words should be offered next. */
export interface FieldTemplate {
  readonly template: Template;
  readonly again: boolean;
}

function valueTemplate(kind: Kind, name: string): FieldTemplate {
  if (kind === 'version') return { template: '1', again: false };
  if (kind === 'number') return { template: new Stop(1, name === 'max' ? '10' : '1', true), again: false };
  const isBare = kind === 'operand' || kind === 'seconds';
  return { template: new Stop(1, '', isBare), again: OFFERED.includes(kind) };
}

/**
 * What a new field holds: one whole element for a list, so that accepting it leaves a policy that reads, and a stop for a
 * plain value. `tool` is the tool it stands under, empty for none.
 */
export function fieldTemplate(dialect: Dialect, shape: Shape, name: string, tool: string): FieldTemplate {
  if (shape.kind === 'value') return valueTemplate(shape.value, name);
  if (shape.kind === 'list') {
    const element = elementTemplate(dialect, shape.of, name, tool);
    return { template: [element], again: element instanceof Stop && element.words === '' };
  }
  if (shape.part === 'tools') return { template: OPEN, again: true };
  return { template: objectTemplate(dialect, shape, tool), again: false };
}

function elementTemplate(dialect: Dialect, shape: Shape, name: string, tool: string): Template {
  if (shape.kind === 'value') return new Stop(1, '');
  const [snippet] = elementSnippets(dialect, tool, name);
  return snippet?.element ?? objectTemplate(dialect, shape, tool);
}

/** An object with the fields it cannot do without. */
export function objectTemplate(dialect: Dialect, shape: Shape, tool: string): Template {
  if (shape.kind !== 'object') return new Stop(1, '');
  switch (shape.part) {
    case 'policy':
      return dialect === 'intercept'
        ? { version: '1', default: new Stop(1, 'deny'), tools: OPEN }
        : { version: '1', default: 'deny', tools: OPEN };
    case 'condition':
      return { path: new Stop(1, 'args.agentId'), op: new Stop(2, 'exists'), value: new Stop(3, 'true', true) };
    case 'shared limit':
      return rateLimit('');
    case 'rate_limit':
      return { max: new Stop(1, '10', true), window: new Stop(2, '60', true) };
    case 'state':
      return { counter: new Stop(1, 'calls'), window: new Stop(2, 'hour') };
    case 'all_tools':
      return { limits: [rateLimit('')] };
    case 'rule':
    case 'limit':
      return (
        elementSnippets(dialect, tool, shape.part === 'limit' ? 'limits' : 'rules')[0]?.element ?? { conditions: [] }
      );
    case 'tool':
      return dialect === 'policylayer' ? OPEN : { rules: [elementTemplate(dialect, rulesOf(dialect), 'rules', tool)] };
    case 'tools':
      return OPEN;
  }
}

function rulesOf(dialect: Dialect): Shape {
  const rules = fieldsOf(dialect, 'tool')['rules'];
  return rules?.kind === 'list' ? rules.of : { kind: 'object', part: 'rule' };
}
