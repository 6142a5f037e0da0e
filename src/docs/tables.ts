import { TOOLS, type Tool } from '../core/catalogue/tools.ts';
import { OPERATOR_WORDS } from '../core/policy/assist/value-words.ts';
import { OPERATORS } from '../core/policy/model.ts';
import { policyJsonSchema, scenarioJsonSchema } from '../core/published/json-schema.ts';
import * as SIZES from '../core/scenario/limits.ts';
import { LINK_MARKS, MOST_ENCODED, MOST_INFLATED } from '../share/limits.ts';
import * as TRACE from '../core/traces/limits.ts';
import { codeEntries } from './code-entries.ts';
import { interceptTable, schemaTable, type SchemaNode } from './field-tables.ts';
import { cell, table } from './markdown-table.ts';

const POLICY = policyJsonSchema() as SchemaNode;
const SCENARIO = scenarioJsonSchema() as SchemaNode;

/** What stands at a path of a schema: names of fields, `[]` for the elements of a list, `*` for members of any name. */
function part(root: SchemaNode, ...path: readonly string[]): SchemaNode {
  return path.reduce<SchemaNode>((node, step) => {
    const found = step === '[]' ? node.items : step === '*' ? node.additionalProperties : node.properties?.[step];
    if (typeof found !== 'object') throw new Error(`the schema has no \`${path.join('.')}\``);
    return found;
  }, root);
}

/** The one of several shapes that has a field. */
function having(shapes: readonly SchemaNode[] | undefined, name: string): SchemaNode {
  const found = shapes?.find(({ properties }) => properties !== undefined && Object.hasOwn(properties, name));
  if (found === undefined) throw new Error(`no shape has a field \`${name}\``);
  return found;
}

const TOOL = part(POLICY, 'tools', '*');
const RULE = part(TOOL, 'require', '[]');
const AGENT = part(SCENARIO, 'agents', '[]');
const STEPS = Object.values(SCENARIO.$defs ?? {}).find(({ type }) => type === 'array')?.items;
const CALL = having(STEPS?.anyOf, 'call');
const EXPECT = part(SCENARIO, 'expect', '[]').oneOf;

/** All conditions have the same fields; what `value` may be depends on `op`. */
function conditionTable(): string {
  const [first] = part(RULE, 'conditions', '[]').anyOf ?? [];
  const { path = {}, value = {} } = first?.properties ?? {};
  const op: SchemaNode = { type: 'string', enum: OPERATORS, description: 'How the argument is compared.' };
  const any: SchemaNode = { description: value.description ?? '' };
  return schemaTable({ properties: { path, op, value: any }, required: ['path', 'op', 'value'] });
}

function operatorTable(): string {
  const rows = OPERATORS.map((op) => [`\`${op}\``, cell(OPERATOR_WORDS[op].means), cell(OPERATOR_WORDS[op].missing)]);
  return table(['Operator', 'Holds when', 'A missing argument'], rows);
}

function toolRow({ name, category, risk, source, description, fields }: Tool): readonly string[] {
  const input = fields.map((field) => (field.required ? `**${field.name}**` : field.name)).join(', ');
  const known = source === 'cat' ? 'stated' : 'inferred';
  return [`\`${name}\``, `${category}, ${risk}`, known, cell(description), input];
}

const grouped = (value: number): string => value.toLocaleString('en-US');
const mebibytes = (bytes: number): string => `${grouped(bytes / 1_048_576)} MiB`;

const scenarioSizes = (): string =>
  table(
    ['Size', 'At most'],
    [
      ['calls the scenario plans, and calls of a run with its retries', grouped(SIZES.MAX_CALLS)],
      ['virtual time', `${SIZES.MAX_SPAN_MS / 86_400_000} days`],
      ['agents', grouped(SIZES.MAX_AGENTS)],
      ['agents of the world that are added or changed', grouped(SIZES.MAX_WORLD_AGENTS)],
      ['repeats inside each other; levels of arguments', grouped(SIZES.MAX_DEPTH)],
      ['different tools', grouped(SIZES.MAX_TOOLS)],
      ['the document, as JSON without spaces', mebibytes(SIZES.MAX_BYTES)],
      ['a link, as it is written', `${grouped(MOST_ENCODED)} characters`],
      ['a link, unpacked', mebibytes(MOST_INFLATED)],
      ['a link that chats leave whole', `about ${grouped(LINK_MARKS.chat)} characters`],
      ['a link that issue trackers leave whole', `about ${grouped(LINK_MARKS.tracker)} characters`],
    ],
  );

const traceSizes = (): string =>
  table(
    ['Size', 'At most'],
    [
      ['the file', mebibytes(TRACE.MAX_TRACE_BYTES)],
      ['calls that are kept', grouped(TRACE.MAX_TRACE_CALLS)],
      ['one record', `${grouped(TRACE.MAX_RECORD / 1_048_576)} Mi characters`],
      ['levels of arguments', grouped(TRACE.MAX_ARGUMENT_DEPTH)],
      ['different callers, and different tools', grouped(TRACE.MAX_NAMES)],
    ],
  );

/** Tables that pages ask for by `<!-- table: NAME -->`, made from the code when the docs are built. Each gives Markdown. */
export const TABLES: Readonly<Record<string, () => string>> = {
  'policy-fields': () => schemaTable(POLICY),
  'tool-fields': () => schemaTable(TOOL),
  'rule-fields': () => schemaTable(RULE),
  'condition-fields': conditionTable,
  'limit-fields': () => schemaTable(part(TOOL, 'limits', '[]')),
  'intercept-fields': interceptTable,
  operators: operatorTable,
  tools: () => table(['Tool', 'Category, risk', 'Known', 'Does', 'Input, required in bold'], TOOLS.map(toolRow)),
  'scenario-fields': () => schemaTable(SCENARIO),
  'agent-fields': () => schemaTable(AGENT),
  'call-fields': () => schemaTable(CALL),
  'upstream-fields': () => schemaTable(part(CALL, 'upstream')),
  'retry-fields': () => schemaTable(part(having(part(AGENT, 'onDenied').anyOf, 'retry'), 'retry')),
  'approval-fields': () => schemaTable(part(SCENARIO, 'approvals')),
  'world-fields': () => schemaTable(part(SCENARIO, 'world')),
  'world-agent-fields': () => schemaTable(part(SCENARIO, 'world', 'agents', '[]')),
  'count-fields': () => schemaTable(having(EXPECT, 'within')),
  'where-fields': () => schemaTable(part(having(EXPECT, 'within'), 'where')),
  'decision-fields': () => schemaTable(having(EXPECT, 'is')),
  'scenario-sizes': scenarioSizes,
  'trace-sizes': traceSizes,
  'json-codes': () => codeEntries('json'),
  'policylayer-codes': () => codeEntries('policylayer'),
  'intercept-codes': () => codeEntries('intercept'),
  'tools-codes': () => codeEntries('tools'),
  'rules-codes': () => codeEntries('rules'),
  'limits-codes': () => codeEntries('limits'),
  'conversion-codes': () => codeEntries('conversion'),
  'scenario-codes': () => codeEntries('scenario'),
};
