import { fieldsOf, type Part } from '../core/policy/assist/grammar.ts';
import { fieldWords } from '../core/policy/assist/field-words.ts';
import { cell, table } from './markdown-table.ts';

/** As much of a JSON Schema as the published ones use. */
export interface SchemaNode {
  readonly type?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxItems?: number;
  readonly items?: SchemaNode;
  readonly prefixItems?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

const words = (choices: readonly string[]): string => choices.map((choice) => `\`"${choice}"\``).join(', ');

function numberWords({ type, minimum, maximum, exclusiveMinimum }: SchemaNode): string {
  const kind = type === 'integer' ? 'whole number' : 'number';
  const isLow = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER;
  const isHigh = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER;
  if (exclusiveMinimum !== undefined) return `${kind} above ${exclusiveMinimum}`;
  if (isLow) return kind;
  return isHigh ? `${kind} from ${minimum}` : `${kind}, ${minimum} to ${maximum}`;
}

function textWords({ pattern = '', enum: choices, const: only }: SchemaNode): string {
  if (only !== undefined) return words([only]);
  if (choices !== undefined) return words(choices);
  if (pattern.includes('(ms|s|m|h|d)')) return 'duration';
  if (pattern.includes('\\d{4}-')) return 'UTC time';
  return 'text';
}

/** What a value may be, in words: `whole number from 0`, `"allow", "deny"`, `list of objects`. */
export function typeWords(node: SchemaNode): string {
  const { type, items, prefixItems, anyOf, maxItems } = node;
  if (anyOf !== undefined && type === undefined) return [...new Set(anyOf.map(typeWords))].join(', or ');
  if (prefixItems !== undefined) return `list of ${prefixItems.length} ${typeWords(prefixItems[0] ?? {})}s`;
  if (type === 'array') {
    const many = maxItems === undefined ? '' : `, at most ${maxItems}`;
    return `${items?.type === 'string' ? 'list of texts' : 'list of objects'}${many}`;
  }
  if (type === 'string') return textWords(node);
  if (type === 'number' || type === 'integer') return numberWords(node);
  if (type === 'boolean') return 'true, false';
  if (type === 'object') return 'object';
  return node.$ref === undefined ? 'any value' : 'list of objects';
}

/** A description without its last sentence where that says what a field is when left out, and what it says. */
export function splitDefault(description: string): { readonly meaning: string; readonly leftOut: string } {
  const found = /^(.*\.) ([^.]+) when left out\.$/.exec(description);
  return { meaning: found?.[1] ?? description, leftOut: found?.[2] ?? '' };
}

/** JSON as code, words as they are. */
function defaultWords(leftOut: string): string {
  if (leftOut === '') return '–';
  return /^["{\d]|^(true|false)$/.test(leftOut)
    ? `\`${leftOut}\``
    : cell(leftOut.replace(/^./, (first) => first.toLowerCase()));
}

/** The fields of an object of a schema: what each may be, what it is when left out, and what it means. */
export function schemaTable({ properties = {}, required = [] }: SchemaNode): string {
  const rows = Object.entries(properties).map(([name, node]) => {
    const { meaning, leftOut } = splitDefault(node.description ?? '');
    const absent = required.includes(name) ? '**required**' : defaultWords(leftOut);
    return [`\`${name}\``, cell(typeWords(node)), absent, cell(meaning)];
  });
  return table(['Field', 'Value', 'Left out', 'Meaning'], rows);
}

/** The fields of Intercept's objects, by the kind of object. */
export function interceptTable(): string {
  const parts: readonly Part[] = ['policy', 'tool', 'rule', 'condition', 'state'];
  const rows = parts.flatMap((part) =>
    Object.keys(fieldsOf('intercept', part)).map((name) => [
      part,
      `\`${name}\``,
      cell(fieldWords('intercept', part, name) ?? ''),
    ]),
  );
  return table(['In', 'Field', 'Meaning'], rows);
}
