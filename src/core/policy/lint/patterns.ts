import type { ToolField } from '../../catalogue/tools.ts';
import type { Fix } from '../../diagnostic.ts';
import type { Condition, Rule } from '../model.ts';
import { quoted } from '../wording.ts';
import type { Lint, Subject } from './subject.ts';

/** Expressions that allow more than they seem to, and text compared letter by letter where agents choose the letters. */
export const lintPatterns: Lint = (subject) => {
  for (const { name, rules } of subject.policy.tools.values()) {
    for (const rule of rules) {
      for (const condition of rule.conditions) {
        if (condition.source !== 'args') continue;
        if (rule.kind === 'require' && condition.op === 'regex') lintAnchors(subject, condition);
        if (isAgentsText(subject.fieldOf(name, condition.segments), condition)) lintCase(subject, rule, condition);
      }
    }
  }
};

function lintAnchors(subject: Subject, { value, pointer }: Condition): void {
  if (typeof value !== 'string' || isAnchored(value)) return;
  const { page } = subject;
  const place = page.part(pointer, 'value');
  const better = anchored(value);
  const message = `${quoted(value)} is found anywhere in the text, so longer text passes; write ${quoted(better)}`;
  const fixes = page.fix('Match the whole text', { kind: 'write', pointer: place, value: better });
  subject.add('unanchored-pattern', { pointer, range: page.value(place) ?? page.whole(pointer) }, message, ...fixes);
}

/** Flags at the beginning, such as `(?i)`. */
const FLAGS = /^\(\?([imsU]+)\)/;

/** Whether both ends are bound, or left open on purpose with `.*`. `(?m)` binds to lines only. */
function isAnchored(source: string): boolean {
  const body = source.replace(FLAGS, '');
  return !bindsLines(source) && !hasTopLevelChoice(body) && startsBound(body) && endsBound(body);
}

function bindsLines(source: string): boolean {
  return FLAGS.exec(source)?.[1]?.includes('m') === true;
}

function startsBound(body: string): boolean {
  return /^(?:\^|\\A|\.\*)/.test(body);
}

function endsBound(body: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*(?:\$|\.\*|\\z)$/.test(body);
}

/** Whether `|` stands outside every group, where anchors bind to one side only. */
function hasTopLevelChoice(source: string): boolean {
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    const character = source[at];
    if (character === '\\') at++;
    else if (character === '[') at = classEnd(source, at);
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === '|' && depth === 0) return true;
  }
  return false;
}

function classEnd(source: string, start: number): number {
  let at = start + 1;
  if (source[at] === '^') at++;
  if (source[at] === ']') at++;
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at;
}

/** The same expression for the whole text. */
function anchored(source: string): string {
  const flags = (FLAGS.exec(source)?.[1] ?? '').replace('m', '');
  const body = source.replace(FLAGS, '');
  const head = flags === '' ? '' : `(?${flags})`;
  if (hasTopLevelChoice(body)) return `${head}^(?:${body})$`;
  return `${head}${startsBound(body) ? '' : '^'}${body}${endsBound(body) ? '' : '$'}`;
}

/** Free text of the tool's input: no choice of words, and no id, which the server itself compares letter by letter. */
function isAgentsText(field: ToolField | null, { segments }: Condition): boolean {
  if (field === null || segments.length > 1) return false;
  return field.type === 'string' && field.choices === undefined && !/id$/i.test(field.name);
}

function lintCase(subject: Subject, { kind }: Rule, condition: Condition): void {
  const { op, value, pointer } = condition;
  const isDenyList =
    kind === 'deny_if' ? ['eq', 'in', 'contains', 'regex'].includes(op) : op === 'neq' || op === 'not_in';
  const texts = (Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string');
  if (!isDenyList || !texts.some((text) => (op === 'regex' ? hasCase(text) : isWord(text)))) return;
  const { page } = subject;
  const place = page.part(pointer, 'value');
  const advice = kind === 'deny_if' ? 'match with `regex` and `(?i)`' : 'allow the values you know with `in` instead';
  const message = `letters are compared as written, so other capitals pass; ${advice}`;
  const range = page.value(place) ?? page.whole(pointer);
  subject.add('case-sensitive', { pointer, range }, message, ...ignoreCase(subject, condition, texts));
}

/** Letters without digits: a word rather than an id. */
function isWord(text: string): boolean {
  return /\p{L}/u.test(text) && !/\d/.test(text);
}

/** Whether an expression holds letters that stand for themselves. */
function hasCase(source: string): boolean {
  if (FLAGS.exec(source)?.[1]?.includes('i') === true) return false;
  return /[a-z]/i.test(source.replace(/\\.|\[[^\]]*\]|\(\?[^)]*[):>]/g, ''));
}

function ignoreCase(
  { page, policy }: Subject,
  { op, value, pointer }: Condition,
  texts: readonly string[],
): readonly Fix[] {
  const write = (source: string): readonly Fix[] => {
    const place = page.part(pointer, 'value');
    return page.fix(
      'Ignore case',
      ...(op === 'regex' ? [] : [{ kind: 'write', pointer: page.part(pointer, 'op'), value: 'regex' } as const]),
      { kind: 'write', pointer: place, value: source },
    );
  };
  if (policy.dialect === 'intercept' || op === 'neq' || op === 'not_in') return [];
  if (op === 'regex') return texts[0] === undefined || FLAGS.test(texts[0]) ? [] : write(`(?i)${texts[0]}`);
  if (Array.isArray(value) && texts.length !== value.length) return [];
  const choice = texts.map((text) => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')).join('|');
  if (op === 'contains') return write(`(?i)${choice}`);
  return write(texts.length === 1 ? `(?i)^${choice}$` : `(?i)^(?:${choice})$`);
}
