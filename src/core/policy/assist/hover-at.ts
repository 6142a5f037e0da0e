import type { Range } from '../../diagnostic.ts';
import { findTool, type Tool } from '../../catalogue/tools.ts';
import { OPERATORS, type Dialect, type Operator } from '../model.ts';
import { spotAt } from './completions-at.ts';
import { fieldWords } from './field-words.ts';
import { type Kind, type Part, shapeAt } from './grammar.ts';
import { riskOf, toolOf } from './name-offers.ts';
import type { Spot } from './spot.ts';
import { inputsAt, inputWords } from './value-offers.ts';
import { choicesFor, OPERATOR_WORDS } from './value-words.ts';

/** `title` names what is explained; text in backticks is code; a `fact` is one of a list. */
export interface HoverLine {
  readonly kind: 'title' | 'text' | 'fact';
  readonly text: string;
}

/** What the word at `range` means. */
export interface HoverText {
  readonly range: Range;
  readonly lines: readonly HoverLine[];
}

const title = (text: string): HoverLine => ({ kind: 'title', text });
const line = (text: string): HoverLine => ({ kind: 'text', text });
const fact = (text: string): HoverLine => ({ kind: 'fact', text });

/**
 * What the field, operator, tool, argument or word at `offset` means; null between words, in free text of no field and
 * in comments. Works on text that does not parse. One pass over the text; never throws.
 */
export function hoverAt(text: string, offset: number, dialect: Dialect): HoverText | null {
  const spot = wordAt(text, offset, dialect);
  if (spot === null) return null;
  const lines = explain(spot, spot.written);
  return lines.length === 0 ? null : { range: spot.range, lines };
}

function wordAt(text: string, offset: number, dialect: Dialect): Spot | null {
  // why: a pointer on the first character of a word stands before it.
  for (const at of [offset, offset + 1]) {
    const spot = at <= text.length ? spotAt(text, at, dialect) : null;
    if (spot !== null && spot.range.start < spot.range.end) return spot;
  }
  return null;
}

function explain(spot: Spot, written: string): readonly HoverLine[] {
  const { dialect, path, role } = spot;
  if (role === 'name') {
    const container = shapeAt(dialect, path.slice(0, -1));
    return container?.kind === 'object' ? explainName(dialect, container.part, written) : [];
  }
  const shape = shapeAt(dialect, path);
  if (shape?.kind !== 'value') return [];
  const lines = explainValue(spot, shape.value, written);
  return lines.length > 0 ? lines : explainField(spot);
}

function explainName(dialect: Dialect, part: Part, name: string): readonly HoverLine[] {
  if (part === 'tools') return explainTool(name, dialect);
  const words = fieldWords(dialect, part, name);
  return words === null ? [] : [title(name), line(words)];
}

function explainField({ dialect, path }: Spot): readonly HoverLine[] {
  const at = path.findLastIndex((segment) => typeof segment === 'string');
  const holder = shapeAt(dialect, path.slice(0, at));
  const name = path[at];
  return holder?.kind === 'object' && typeof name === 'string' ? explainName(dialect, holder.part, name) : [];
}

function explainValue(spot: Spot, kind: Kind, written: string): readonly HoverLine[] {
  if (kind === 'tool name') return explainTool(written, spot.dialect);
  if (kind === 'operator') return isOperator(written) ? explainOperator(written) : [];
  if (kind === 'path' || kind === 'amount path') return explainPath(spot, written);
  const choice = choicesFor(spot.dialect, kind).find(({ word }) => word === written);
  return choice === undefined ? [] : [title(written), line(choice.means)];
}

function isOperator(word: string): word is Operator {
  return OPERATORS.some((operator) => operator === word);
}

function explainOperator(operator: Operator): readonly HoverLine[] {
  const { means, missing } = OPERATOR_WORDS[operator];
  return [title(operator), line(means), line(missing)];
}

function explainPath({ path }: Spot, written: string): readonly HoverLine[] {
  const [top = '', name = ''] = written.split('.');
  if (top === 'state') return [title(written), line('What this counter has counted in its window so far.')];
  const tool = toolOf(path);
  const field = inputsAt(path).find((input) => input.name === name);
  if (field !== undefined) {
    const choices = field.choices === undefined ? [] : [fact(`One of ${field.choices.join(', ')}`)];
    return [title(`args.${field.name}`), line(`${field.description}.`), fact(inputWords(field)), ...choices];
  }
  if (findTool(tool) === null) return [];
  return [title(written), line(`\`${tool}\` has no input of this name, so a call carries it only by mistake.`)];
}

function explainTool(name: string, dialect: Dialect): readonly HoverLine[] {
  if (name === '*' && dialect === 'intercept') return [title('*'), line('Stands for every tool.')];
  const tool = findTool(name);
  if (tool === null) return [title(name), line('The Agntor MCP server has no tool of this name.')];
  return [title(name), line(`${tool.description}.`), fact(riskWords(tool)), ...tool.fields.map(inputFact)];
}

function riskWords(tool: Tool): string {
  return `${riskOf(tool)}, ${tool.source === 'cat' ? 'stated in the public catalogue' : 'inferred from similar tools'}`;
}

function inputFact(field: Tool['fields'][number]): HoverLine {
  return fact(`\`${field.name}\`: ${inputWords(field)}. ${field.description}`);
}
