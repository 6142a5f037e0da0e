import { findTool, TOOLS, type ToolField } from '../../catalogue/tools.ts';
import { OPERATORS, type Operator } from '../model.ts';
import type { Offer } from './completion.ts';
import type { Kind } from './grammar.ts';
import { riskOf, toolOf } from './name-offers.ts';
import { rateCounter } from './rule-snippets.ts';
import type { Spot } from './spot.ts';
import { printTemplate, Stop } from './template.ts';
import { choicesFor, OPERATOR_WORDS, OPERATORS_FOR } from './value-words.ts';

const TYPE_WORDS: Readonly<Record<ToolField['type'], string>> = {
  string: 'text',
  number: 'number',
  boolean: 'true or false',
  strings: 'list of texts',
  any: 'any value',
};

/** `number, optional, 300 when left out`. */
export function inputWords(field: ToolField): string {
  const preset = field.default === undefined ? '' : `, ${JSON.stringify(field.default)} when left out`;
  return `${TYPE_WORDS[field.type]}, ${field.required ? 'required' : 'optional'}${preset}`;
}

/** Inputs of the tool a place belongs to; of every tool where a place stands for all. */
export function inputsAt(path: readonly (string | number)[]): readonly ToolField[] {
  const tool = toolOf(path);
  if (tool !== '*') return findTool(tool)?.fields ?? [];
  const byName = new Map<string, ToolField>();
  for (const field of TOOLS.flatMap(({ fields }) => fields)) if (!byName.has(field.name)) byName.set(field.name, field);
  return [...byName.values()];
}

/** The input that a condition at this place looks at; null when its path names none. */
function inputOf(spot: Pick<Spot, 'path' | 'containers'>): ToolField | null {
  const path = writtenBeside(spot, 'path');
  return inputsAt(spot.path).find(({ name }) => `args.${name}` === path) ?? null;
}

function writtenBeside({ containers }: Pick<Spot, 'containers'>, name: string): string {
  const holder = containers.findLast(({ members }) => members.has(name));
  return holder?.members.get(name) ?? '';
}

/** What may be written for a value of a kind, the likeliest first. */
export function valueOffers(spot: Spot, kind: Kind): readonly Offer[] {
  switch (kind) {
    case 'tool name':
      return hideOffers(spot);
    case 'path':
      return pathOffers(spot, () => true);
    case 'amount path':
      return pathOffers(spot, ({ type }) => type === 'number' || type === 'any');
    case 'operator':
      return operatorOffers(spot);
    case 'operand':
      return operandOffers(spot);
    case 'counter':
      return counterOffers(spot);
    default:
      return choicesFor(spot.dialect, kind).map(({ word, means, bare }) => wordOffer(spot, word, means, bare));
  }
}

function wordOffer({ dialect }: Spot, word: string, documentation: string, bare = false): Offer {
  return {
    label: word,
    insert: bare ? word : printTemplate(dialect, word),
    detail: '',
    documentation,
    kind: 'word',
  };
}

function hideOffers(spot: Spot): readonly Offer[] {
  const written = spot.containers.at(-1);
  const isNew = (name: string): boolean => !spot.used.hidden.has(name) || name === spot.written;
  const offers = TOOLS.filter(({ name }) => isNew(name)).map((tool): Offer => {
    return { ...wordOffer(spot, tool.name, `${tool.description}.`), detail: riskOf(tool), kind: 'tool' };
  });
  const every: Offer = { ...wordOffer(spot, '*', 'Hides every tool.'), detail: 'every tool', kind: 'tool' };
  return written === undefined ? offers : [...offers, every];
}

function pathOffers(spot: Spot, fits: (field: ToolField) => boolean): readonly Offer[] {
  const inputs = inputsAt(spot.path).filter(fits);
  const offers = inputs.map((field): Offer => {
    const path = `args.${field.name}`;
    return { ...wordOffer(spot, path, `${field.description}.`), detail: inputWords(field), kind: 'path' };
  });
  if (spot.dialect === 'policylayer' || spot.path.includes('state')) return offers;
  const counters = [...spot.used.counters].flatMap(([tool, names]) =>
    [...names].map((name): Offer => {
      const path = `state.${tool === '*' ? '_global' : tool}.${name}`;
      return {
        ...wordOffer(spot, path, 'What this counter has counted in its window.'),
        detail: 'counter',
        kind: 'path',
      };
    }),
  );
  return [...offers, ...counters];
}

function operatorOffers(spot: Spot): readonly Offer[] {
  const input = inputOf(spot);
  const counts = writtenBeside(spot, 'path').startsWith('state.');
  const fitting: readonly Operator[] = counts ? ['lte', 'lt', 'gte', 'gt', 'eq', 'neq'] : OPERATORS;
  const operators = input === null ? fitting : OPERATORS_FOR[input.type];
  return operators.map((operator): Offer => {
    const { means, missing } = OPERATOR_WORDS[operator];
    return { ...wordOffer(spot, operator, `${means} ${missing}`), detail: 'operator', kind: 'operator' };
  });
}

function operandOffers(spot: Spot): readonly Offer[] {
  const input = inputOf(spot);
  const op = writtenBeside(spot, 'op');
  const isInList = typeof spot.path.at(-1) === 'number';
  if (op === 'exists') {
    return [
      wordOffer(spot, 'true', 'Holds when the argument is there.', true),
      wordOffer(spot, 'false', 'Holds when it is not.', true),
    ];
  }
  if ((op === 'in' || op === 'not_in') && !isInList) {
    const list = printTemplate(spot.dialect, [new Stop(1, '')]);
    const empty: Offer = {
      label: '[ ]',
      insert: list,
      detail: 'list',
      documentation: 'One or more values.',
      kind: 'word',
    };
    return [{ ...empty, again: true }];
  }
  if (input === null) return [];
  if (input.type === 'boolean') {
    return ['true', 'false'].map((word) => wordOffer(spot, word, `${input.description}.`, true));
  }
  const presets = typeof input.default === 'number' ? [String(input.default)] : [];
  return [
    ...(input.choices ?? []).map((choice) => wordOffer(spot, choice, `${input.description}.`)),
    ...presets.map((word) => wordOffer(spot, word, 'What the server takes when the argument is left out.', true)),
  ];
}

function counterOffers(spot: Spot): readonly Offer[] {
  const tool = toolOf(spot.path);
  const used = [...spot.used.counters.values()].flatMap((names) => [...names]);
  const others = used.filter((name) => name !== spot.written);
  const beside = spot.used.counters.get(tool) ?? new Set<string>();
  const isFree = (name: string): boolean => name === spot.written || !beside.has(name);
  const names = [...new Set([rateCounter(tool), ...others])].filter(isFree);
  return names.map((name): Offer => {
    const words = others.includes(name) ? 'used in this policy' : 'conventional name';
    return {
      ...wordOffer(spot, name, 'A name of your own. Counters of different tools are counted apart.'),
      detail: words,
      kind: 'counter',
    };
  });
}
