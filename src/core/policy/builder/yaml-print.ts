import { stringify } from 'yaml';
import { escapeControls } from '../intercept/yaml-loaded.ts';
import type { JsonValue } from '../../json.ts';
import { isList, isObject } from './operation.ts';

/** How a YAML text is laid out. */
export interface YamlLayout {
  readonly newline: string;
  /** Blanks of one level. */
  readonly unit: string;
}

const PLAIN = { version: '1.2', schema: 'core', lineWidth: 0, blockQuote: false } as const;

/** The layout of a text: its line ends, and the step between the first two levels. */
export function layoutOf(text: string): YamlLayout {
  return {
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    unit:
      /^[^\s#-][^\r\n]*:[ \t]*(?:#[^\r\n]*)?\r?\n(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*( +)[^\s#-]/m.exec(text)?.[1] ?? '  ',
  };
}

/** True for what is written behind its key on one line: single values, empty collections, lists of single values. */
export function isInline(value: JsonValue): boolean {
  if (isList(value)) return value.every((item) => !isCollection(item));
  return !isObject(value) || Object.keys(value).length === 0;
}

function isCollection(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null;
}

/** A value on one line. */
export function printInline(value: JsonValue): string {
  return isCollection(value) ? printFlow(value) : printScalar(value);
}

/** A value within brackets or braces. */
export function printFlow(value: JsonValue): string {
  if (isList(value)) return `[${value.map(printFlow).join(', ')}]`;
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]) => printFlowMember(name, member));
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  // why: within brackets more characters have a meaning; text in double quotes is the same everywhere.
  return typeof value === 'string' && !/^[\p{L}_][\p{L}\p{N}_.$^/-]*$/u.test(value)
    ? printQuoted(value)
    : printScalar(value);
}

/** A member as it stands in braces. */
export function printFlowMember(name: string, value: JsonValue): string {
  return `${printFlow(name)}: ${printFlow(value)}`;
}

function printScalar(value: JsonValue): string {
  // why: the library would write several lines for a text that has them.
  if (typeof value === 'string' && /[\r\n]/.test(value)) return printQuoted(value);
  return escapeControls(stringify(value, PLAIN).replace(/\r?\n$/, ''));
}

function printQuoted(text: string): string {
  return escapeControls(JSON.stringify(text));
}

/** A member of a mapping in lines; the first line without its `indent`. */
export function printMember(name: string, value: JsonValue, indent: string, layout: YamlLayout): string {
  const key = printScalar(name);
  if (isInline(value)) return `${key}: ${printInline(value)}`;
  const inner = indent + layout.unit;
  return `${key}:${layout.newline}${inner}${printBlock(value, inner, layout)}`;
}

/** A value in lines; the first line without its `indent`. */
export function printBlock(value: JsonValue, indent: string, layout: YamlLayout): string {
  const between = layout.newline + indent;
  if (isInline(value)) return printInline(value);
  if (isObject(value)) {
    return Object.entries(value)
      .map(([name, member]) => printMember(name, member, indent, layout))
      .join(between);
  }
  const items = isList(value) ? value : [];
  return items.map((item) => printItem(item, indent, layout)).join(between);
}

/** An element of a list in lines, with its dash; the first line without its `indent`. */
export function printItem(value: JsonValue, indent: string, layout: YamlLayout): string {
  return `- ${printBlock(value, `${indent}  `, layout)}`;
}
