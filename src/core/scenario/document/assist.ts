import { findTool, type ToolField, TOOLS } from '../../catalogue/tools.ts';
import { SAMPLE_ARGUMENTS } from '../../catalogue/seed.ts';
import type { Completion, Offer } from '../../policy/assist/completion.ts';
import type { HoverLine, HoverText } from '../../policy/assist/hover-at.ts';
import { jsonSpot } from '../../policy/assist/json-spot.ts';
import type { Spot } from '../../policy/assist/spot.ts';
import { fieldsOf, partOf, type Shape, shapeAt, wordsFor } from './grammar.ts';

const ARGUMENTS = 'args';
const snippetText = (text: string): string => text.replace(/[\\$}]/g, '\\$&');
const quote = (text: string): string => snippetText(JSON.stringify(text));

function shapeOf({ containers }: Spot, path: Spot['path']): Shape | null {
  return shapeAt(path, (depth, name) => containers[depth]?.members.has(name) === true);
}

/** The tool whose arguments the place is in, with how deep they begin; null elsewhere. */
function toolAround({ path, containers }: Spot): { readonly tool: string; readonly depth: number } | null {
  const depth = path.findIndex((segment, i) => segment === ARGUMENTS && typeof path[i - 1] === 'number');
  return depth < 0 ? null : { tool: containers[depth]?.members.get('call') ?? '', depth };
}

function argumentAt(spot: Spot): ToolField | null {
  const around = toolAround(spot);
  if (around === null) return null;
  const name = spot.path[around.depth + 1];
  return findTool(around.tool)?.fields.find((field) => field.name === name) ?? null;
}

function template(shape: Shape | null): string {
  switch (shape?.kind) {
    case 'object':
      return '{ $1 }';
    case 'list':
      return '[$1]';
    case 'text':
    case 'duration':
    case 'instant':
    case 'tool':
    case 'choice':
    case 'latency':
      return '"$1"';
    default:
      return '$1';
  }
}

function nameOffers(spot: Spot): readonly Offer[] {
  const around = toolAround(spot);
  const written = spot.containers.at(-1)?.members ?? new Map<string, string | null>();
  const isFree = (name: string): boolean => name === spot.written || !written.has(name);
  if (around !== null && spot.path.length === around.depth + 2) {
    const fields = findTool(around.tool)?.fields ?? [];
    return fields
      .filter(({ name }) => isFree(name))
      .map((field) => {
        const value = field.type === 'string' ? '"$1"' : field.type === 'strings' ? '[$1]' : '$1';
        const detail = field.required ? 'required' : field.type;
        return nameOffer(spot, field.name, value, detail, field.description);
      });
  }
  const shape = shapeOf(spot, spot.path.slice(0, -1));
  const part = shape === null ? null : partOf(shape);
  if (part === null) return [];
  return Object.entries(fieldsOf(part, (name) => name !== spot.written && written.has(name)))
    .filter(([name]) => isFree(name))
    .map(([name, field]) => nameOffer(spot, name, template(field), '', wordsFor([...spot.path.slice(0, -1), name])));
}

function nameOffer({ hasColon }: Spot, name: string, value: string, detail: string, documentation: string): Offer {
  const insert = hasColon ? quote(name) : `${quote(name)}: ${value}`;
  return { label: name, insert, detail, documentation, kind: 'field', again: !hasColon };
}

function word(text: string, detail = '', kind: Offer['kind'] = 'word', documentation = ''): Offer {
  return { label: text, insert: quote(text), detail, documentation, kind };
}
function bare(text: string): Offer {
  return { label: text, insert: text, detail: '', documentation: '', kind: 'word' };
}
function whole(label: string, insert: string, documentation: string): Offer {
  return { label, insert, detail: 'template', documentation, kind: 'rule' };
}

const CHOOSING: readonly Offer[] = [
  whole('$pick', '{ "\\$pick": [$1] }', 'One of these values, chosen by the seed.'),
  whole('$int', '{ "\\$int": [${1:1}, ${2:100}] }', 'A whole number between two, chosen by the seed.'),
  whole('$seq', '{ "\\$seq": [$1] }', 'These values in turn, again from the first after the last.'),
];
const COUNTING: readonly Offer[] = [
  whole('{{i}}', '"${1:agent-}{{i % ${2:5} + 1\\}\\}"', 'Counts the calls of the step, from 0.'),
  whole('{{n}}', '"${1:task-}{{n\\}\\}"', 'Counts the calls of the agent, from 0.'),
];
const DURATIONS = ['100ms', '1s', '4s', '10s', '1m', '1h', '1d'].map((text) => word(text));
const INSTANTS = ['2026-01-01T23:59:58.000Z', '2026-01-02T00:00:00.000Z'].map((text) => word(text));
const KNOWN = Array.from({ length: 12 }, (_, index) => word(`agent-${index + 1}`, 'agent'));

function toolOffers(): readonly Offer[] {
  return TOOLS.map(({ name, category, risk, description }) =>
    word(name, `${category}, ${risk.toLowerCase()} risk`, 'tool', description),
  );
}

function argumentOffers(spot: Spot): readonly Offer[] {
  const field = argumentAt(spot);
  const sample = SAMPLE_ARGUMENTS.get(toolAround(spot)?.tool ?? '');
  const given = field !== null && sample !== undefined && Object.hasOwn(sample, field.name) ? sample[field.name] : null;
  const example = given === null || given === undefined ? [] : [bare(JSON.stringify(given))];
  const choices = (field?.choices ?? []).map((text) => word(text));
  const isAgent = /^(?:agentId|target|id|remove)$/.test(
    String(field?.name ?? spot.path.findLast((part) => part !== 0)),
  );
  const known = isAgent ? KNOWN : [];
  const flags = field?.type === 'boolean' ? [bare('true'), bare('false')] : [];
  const counting = field === null || field.type === 'string' || field.type === 'any' ? COUNTING : [];
  const seen = new Set<string>();
  return [
    ...choices,
    ...flags,
    ...known,
    ...example,
    ...(toolAround(spot) === null ? [] : [...counting, ...CHOOSING]),
  ].filter(({ insert }) => !seen.has(insert) && seen.add(insert).has(insert));
}

const STEPS: readonly Offer[] = [
  whole('call', '{ "call": "$1", "times": ${2:10}, "over": "${3:4s}", "args": { $4 } }', 'Calls of one tool.'),
  whole('wait', '{ "wait": "${1:1s}" }', 'Time without calls.'),
  whole('waitUntil', '{ "waitUntil": "${1:2026-01-02T00:00:00.000Z}" }', 'No calls before this moment.'),
  whole('repeat', '{ "repeat": ${1:10}, "steps": [$2] }', 'Goes through steps several times.'),
];
const ELEMENTS: Readonly<Record<string, readonly Offer[]>> = {
  step: STEPS,
  agent: [whole('agent', '{ "name": "${1:planner}", "steps": [$2] }', 'Who calls, and what it does.')],
  known: [whole('agent', '{ "id": "${1:agent-1}", $2 }', 'An agent the server knows, or a change to one of its own.')],
  assertion: [
    whole('count', '{ "that": "count", "where": { $1 }, "atMost": ${2:30} }', 'How many calls there may be.'),
    whole('decision', '{ "that": "decision", "call": ${1:31}, "is": "${2:deny}" }', 'What one call must come to.'),
  ],
};

function valueOffers(spot: Spot, shape: Shape): readonly Offer[] {
  switch (shape.kind) {
    case 'choice': {
      const retry = whole('retry', '{ "retry": { "max": ${1:5}, "delay": "${2:1s}" } }', 'Tries the same call again.');
      return [...shape.choices.map((text) => word(text)), ...(shape.part === 'reaction' ? [retry] : [])];
    }
    case 'duration':
      return DURATIONS;
    case 'latency':
      return [...DURATIONS, whole('from to', '["${1:20ms}", "${2:200ms}"]', 'The shortest and the longest.')];
    case 'instant':
      return INSTANTS;
    case 'share':
      return ['0.1', '0.5', '1'].map(bare);
    case 'boolean':
      return [bare('true'), bare('false')];
    case 'tool':
      return toolOffers();
    case 'any':
      return argumentOffers(spot);
    case 'list':
      return [whole('[ ]', '[$1]', wordsFor(spot.path))];
    case 'object':
      return typeof spot.path.at(-1) === 'number' && Object.hasOwn(ELEMENTS, shape.part)
        ? (ELEMENTS[shape.part] ?? [])
        : [whole('{ }', '{ $1 }', wordsFor(spot.path))];
    default:
      return [];
  }
}

function fit(spot: Spot, { label, insert, detail, documentation, kind, again = false }: Offer): Completion {
  const { range, before, needsComma } = spot;
  const comma = needsComma ? ',' : '';
  const filter = JSON.stringify(label);
  return { label, insert: insert + comma, filter, detail, documentation, kind, range, before, again };
}

/**
 * What could be written at `offset` of a scenario's text, the likeliest first; none in comments and in free text. Works
 * on text that does not parse. One pass over the text; never throws.
 */
export function completeScenario(text: string, offset: number): readonly Completion[] {
  const spot = jsonSpot(text, offset);
  if (spot === null) return [];
  if (spot.role === 'name') return nameOffers(spot).map((offer) => fit(spot, offer));
  const shape = shapeOf(spot, spot.path);
  return shape === null ? [] : valueOffers(spot, shape).map((offer) => fit(spot, offer));
}

/** What the field, tool or argument at `offset` means; null where nothing is known of it. */
export function explainScenario(text: string, offset: number): HoverText | null {
  // why: a pointer on the first character of a word stands before it.
  const spot = [jsonSpot(text, offset), jsonSpot(text, offset + 1)].find(
    (found) => found !== null && found.written !== '',
  );
  if (spot === null || spot === undefined) return null;
  const lines = explain(spot);
  return lines.length === 0 ? null : { range: spot.range, lines };
}

function explain(spot: Spot): readonly HoverLine[] {
  const say = (title: string, ...texts: readonly string[]): readonly HoverLine[] => [
    { kind: 'title', text: title },
    ...texts.map((text): HoverLine => ({ kind: 'text', text })),
  ];
  if (spot.role !== 'name') {
    const tool = shapeOf(spot, spot.path)?.kind === 'tool' ? findTool(spot.written) : null;
    return tool === null ? [] : say(tool.name, `${tool.category}, ${tool.risk.toLowerCase()} risk.`, tool.description);
  }
  const field = argumentAt(spot);
  if (field !== null) {
    return say(field.name, `${field.required ? 'Required' : 'Optional'}, ${field.type}.`, field.description);
  }
  const words = shapeOf(spot, spot.path) === null ? '' : wordsFor(spot.path);
  return words === '' ? [] : say(spot.written, words);
}
