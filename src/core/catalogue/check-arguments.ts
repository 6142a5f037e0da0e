import type { JsonValue } from '../json.ts';
import { findTool, type Tool, type ToolField } from './tools.ts';

/** What is wrong with one argument. `path`: RFC 6901 pointer into the arguments · `field`: the argument's name. */
export interface ArgumentProblem {
  readonly path: string;
  readonly field: string;
  readonly message: string;
}

const EXPECTED = { string: 'text', number: 'a number', boolean: 'true or false', strings: 'a list of texts' } as const;

/** What a value is, in words: `text`, `a number`, `true or false`, `null`, `a list`, `an object`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return Number.isFinite(value) ? 'a number' : 'a number without end';
    case 'boolean':
      return 'true or false';
    default:
      return 'an object';
  }
}

/** True when the server takes this value for this field. Never allocates: it decides every forwarded call. */
export function fieldAccepts(field: ToolField, value: JsonValue | undefined): boolean {
  if (value === undefined) return !field.required;
  switch (field.type) {
    case 'any':
      return true;
    case 'string':
      return typeof value === 'string' && (field.choices === undefined || field.choices.includes(value));
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'strings':
      return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
  }
}

/** True when the server takes these arguments for this tool; extra arguments are ignored, as the server does. */
export function acceptsArguments(tool: Tool, args: { readonly [name: string]: JsonValue }): boolean {
  for (const field of tool.fields) {
    if (!fieldAccepts(field, Object.hasOwn(args, field.name) ? args[field.name] : undefined)) return false;
  }
  return true;
}

/** What is wrong with a value for a field, null when nothing. `undefined` means left out. */
export function checkField(field: ToolField, value: JsonValue | undefined): ArgumentProblem | null {
  if (fieldAccepts(field, value)) return null;
  const name = field.name;
  if (value === undefined) {
    const words = field.type === 'any' ? 'any value' : EXPECTED[field.type];
    return { path: `/${name}`, field: name, message: `\`${name}\` is missing; add ${words}` };
  }
  if (field.choices !== undefined && typeof value === 'string') {
    const choices = field.choices.map((choice) => `\`${choice}\``).join(', ');
    return { path: `/${name}`, field: name, message: `\`${name}\` must be one of ${choices}, not \`${value}\`` };
  }
  if (field.type === 'strings' && Array.isArray(value)) {
    const index = value.findIndex((entry) => typeof entry !== 'string');
    const message = `\`${name}\` must hold texts only; entry ${index} is ${kindOf(value[index])}`;
    return { path: `/${name}/${index}`, field: name, message };
  }
  const expected = field.type === 'any' ? 'any value' : EXPECTED[field.type];
  return { path: `/${name}`, field: name, message: `\`${name}\` must be ${expected}, not ${kindOf(value)}` };
}

/**
 * What the server would refuse in these arguments, in the order of the tool's fields; empty when it takes them, and for
 * a tool that is not on the server. `null` is a value of the wrong type, not an argument left out. Never throws.
 */
export function checkArguments(toolName: string, args: JsonValue): readonly ArgumentProblem[] {
  const tool = findTool(toolName);
  if (tool === null) return [];
  if (args === null || typeof args !== 'object' || Array.isArray(args)) {
    return [{ path: '', field: '', message: `the arguments must be an object, not ${kindOf(args)}` }];
  }
  const given = new Map(Object.entries(args));
  return tool.fields.map((field) => checkField(field, given.get(field.name))).filter((problem) => problem !== null);
}
