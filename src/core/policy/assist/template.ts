import type { Dialect } from '../model.ts';

/** A place in a template where the person goes on writing; `bare` is written without quotes in JSON. */
export class Stop {
  constructor(
    readonly order: number,
    readonly words: string,
    readonly bare = false,
  ) {}
}

/** A value with stops in it. `OPEN` is an object whose members are still to come. */
export type Template =
  string | number | boolean | Stop | typeof OPEN | readonly Template[] | { readonly [name: string]: Template };

/** An object without members, with the caret where the first belongs. */
export const OPEN = Symbol('open');

const STEP = '  ';
const PLAIN_YAML = /^(?!(?:true|false|null|yes|no|on|off|~)$)[A-Za-z][\w./ -]*$/i;

/** Text as Monaco's snippets take it literally. */
function literal(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A value as a snippet in Monaco's syntax, laid out with two spaces. */
export function printTemplate(dialect: Dialect, template: Template): string {
  return dialect === 'intercept' ? printYaml(template, 0) : printJson(template, 0);
}

/** `name: value` as a snippet, with the name quoted as the dialect wants it. */
export function printMember(dialect: Dialect, name: string, template: Template, depth = 0): string {
  if (dialect === 'policylayer') return `${printName(dialect, name)}: ${printJson(template, depth)}`;
  const isNested =
    template === OPEN || (isList(template) && template.length > 0 && !template.every(isScalar)) || isMap(template);
  if (!isNested) return `${printName(dialect, name)}: ${printYaml(template, depth)}`;
  return `${printName(dialect, name)}:\n${STEP.repeat(depth + 1)}${printYaml(template, depth + 1)}`;
}

/** A name as the dialect writes it, for a snippet. */
export function printName(dialect: Dialect, name: string): string {
  return literal(dialect === 'policylayer' || !/^[A-Za-z_][\w.-]*$/.test(name) ? JSON.stringify(name) : name);
}

function isList(template: Template): template is readonly Template[] {
  return Array.isArray(template);
}

function isMap(template: Template): template is { readonly [name: string]: Template } {
  return typeof template === 'object' && !isList(template) && !(template instanceof Stop);
}

function isScalar(template: Template): boolean {
  return template !== OPEN && !isList(template) && !isMap(template);
}

function printStop({ order, words }: Stop): string {
  return words === '' ? `$${String(order)}` : `\${${String(order)}:${literal(words)}}`;
}

function printJson(template: Template, depth: number): string {
  const inner = `\n${STEP.repeat(depth + 1)}`;
  const end = `\n${STEP.repeat(depth)}`;
  if (template === OPEN) return `{${inner}$1${end}\\}`;
  if (template instanceof Stop) return template.bare ? printStop(template) : `"${printStop(template)}"`;
  if (isList(template)) {
    if (template.every(isScalar)) return `[${template.map((item) => printJson(item, depth)).join(', ')}]`;
    return `[${inner}${template.map((item) => printJson(item, depth + 1)).join(`,${inner}`)}${end}]`;
  }
  if (!isMap(template)) return literal(JSON.stringify(template));
  const members = Object.entries(template).map(([name, value]) => printMember('policylayer', name, value, depth + 1));
  return `{${inner}${members.join(`,${inner}`)}${end}\\}`;
}

function printYaml(template: Template, depth: number): string {
  const line = `\n${STEP.repeat(depth)}`;
  if (template === OPEN) return '$1';
  if (template instanceof Stop) return printStop(template);
  if (isList(template)) {
    if (template.every(isScalar)) return `[${template.map((item) => printYaml(item, depth)).join(', ')}]`;
    return template.map((item) => `- ${printYaml(item, depth + 1)}`).join(line);
  }
  if (isMap(template)) {
    return Object.entries(template)
      .map(([name, value]) => printMember('intercept', name, value, depth))
      .join(line);
  }
  return typeof template === 'string' && PLAIN_YAML.test(template)
    ? literal(template)
    : literal(JSON.stringify(template));
}
