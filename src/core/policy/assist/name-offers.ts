import { TOOLS, type Tool } from '../../catalogue/tools.ts';
import type { Offer } from './completion.ts';
import { fieldTemplate, objectTemplate } from './field-templates.ts';
import { fieldWords } from './field-words.ts';
import { fieldsOf, type Part, type Shape } from './grammar.ts';
import { ruleSnippets } from './rule-snippets.ts';
import { type Members, type Spot } from './spot.ts';
import { printMember, printName, type Template } from './template.ts';

/** Fields that exclude each other. */
const RIVALS: Readonly<Record<string, string>> = { increment: 'increment_from', increment_from: 'increment' };

const KIND_WORDS: Readonly<Record<Shape['kind'], string>> = { object: 'object', list: 'list', value: 'field' };

/** `Write, medium risk`. */
export function riskOf({ category, risk }: Tool): string {
  return `${category}, ${risk.toLowerCase()} risk`;
}

/** The tool a place belongs to; empty outside of `tools`. */
export function toolOf(path: readonly (string | number)[]): string {
  const [top, tool] = path;
  return top === 'tools' && typeof tool === 'string' ? tool : '';
}

/** Names that may be written in an object of a kind, and whole rules that would add them. */
export function nameOffers(spot: Spot, part: Part, members: Members): readonly Offer[] {
  const written = spot.path.at(-1);
  const isThere = (name: string): boolean => name !== written && members.has(name);
  const isFree = (name: string): boolean => !isThere(name) && !isThere(RIVALS[name] ?? '');
  if (part === 'tools') return toolOffers(spot, isFree);
  const fields = Object.entries(fieldsOf(spot.dialect, part)).filter(([name]) => isFree(name));
  const offers = fields.map(([name, shape]) => fieldOffer(spot, part, name, shape));
  return spot.hasColon ? offers : [...offers, ...snippetOffers(spot, part, isFree)];
}

function fieldOffer(spot: Spot, part: Part, name: string, shape: Shape): Offer {
  const { dialect, hasColon } = spot;
  const { template, again } = fieldTemplate(dialect, shape, name, toolOf(spot.path));
  return {
    label: name,
    insert: hasColon ? printName(dialect, name) : printMember(dialect, name, template),
    detail: KIND_WORDS[shape.kind],
    documentation: fieldWords(dialect, part, name) ?? '',
    kind: 'field',
    again: again && !hasColon,
  };
}

function toolOffers({ dialect, hasColon }: Spot, isFree: (name: string) => boolean): readonly Offer[] {
  const offers = TOOLS.filter(({ name }) => isFree(name)).map((tool): Offer => {
    const template = objectTemplate(dialect, { kind: 'object', part: 'tool' }, tool.name);
    return {
      label: tool.name,
      insert: hasColon ? printName(dialect, tool.name) : printMember(dialect, tool.name, template),
      detail: riskOf(tool),
      documentation: `${tool.description}.`,
      kind: 'tool',
      again: dialect === 'policylayer' && !hasColon,
    };
  });
  if (dialect === 'policylayer' || !isFree('*')) return offers;
  const template = objectTemplate(dialect, { kind: 'object', part: 'tool' }, '*');
  const every: Offer = {
    label: '*',
    insert: hasColon ? printName(dialect, '*') : printMember(dialect, '*', template),
    detail: 'every tool',
    documentation: 'Rules that every call of every tool must pass as well.',
    kind: 'tool',
  };
  return [...offers, every];
}

function snippetOffers(spot: Spot, part: Part, isFree: (name: string) => boolean): readonly Offer[] {
  const { dialect } = spot;
  const offer = (label: string, means: string, members: Readonly<Record<string, Template>>): Offer => ({
    label,
    insert: Object.entries(members)
      .map(([name, template]) => printMember(dialect, name, template))
      .join(dialect === 'intercept' ? '\n' : ',\n'),
    detail: 'whole rule',
    documentation: means,
    kind: 'rule',
  });
  if (part === 'policy') {
    const hide = fieldTemplate(dialect, { kind: 'list', of: { kind: 'value', value: 'tool name' } }, 'hide', '');
    const words = 'Agents neither see nor call the tools in the list.';
    return isFree('hide') ? [{ ...offer('hide a tool', words, { hide: hide.template }), again: true }] : [];
  }
  if (part !== 'tool') return [];
  return ruleSnippets(dialect, toolOf(spot.path))
    .filter(({ members }) => Object.keys(members).every(isFree))
    .map(({ label, means, members }) => offer(label, means, members));
}
