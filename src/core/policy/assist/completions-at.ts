import type { Dialect } from '../model.ts';
import type { Completion, Offer } from './completion.ts';
import { fieldTemplate, objectTemplate } from './field-templates.ts';
import { type Shape, shapeAt } from './grammar.ts';
import { jsonSpot } from './json-spot.ts';
import { nameOffers, toolOf } from './name-offers.ts';
import { elementSnippets } from './rule-snippets.ts';
import type { Members, Spot } from './spot.ts';
import { printName, printTemplate, type Template } from './template.ts';
import { valueOffers } from './value-offers.ts';
import { yamlSpot } from './yaml-spot.ts';

/** Where the caret is in a policy of a dialect, whatever state the text is in; null where nothing belongs. */
export function spotAt(text: string, offset: number, dialect: Dialect): Spot | null {
  return dialect === 'intercept' ? yamlSpot(text, offset) : jsonSpot(text, offset);
}

/**
 * What could be written at `offset`, the likeliest first; none in comments, in free text and in places that mean nothing.
 * Works on text that does not parse. One pass over the text; never throws.
 */
export function completionsAt(text: string, offset: number, dialect: Dialect): readonly Completion[] {
  const spot = spotAt(text, offset, dialect);
  return spot === null ? [] : offersAt(spot).map((offer) => fit(spot, offer));
}

function offersAt(spot: Spot): readonly Offer[] {
  const { dialect, path, role } = spot;
  const container = shapeAt(dialect, path.slice(0, -1));
  if (role !== 'name') return valueOrElement(spot, shapeAt(dialect, path));
  if (container?.kind === 'object') return nameOffers(spot, container.part, membersOf(spot));
  // why: in YAML the first element of a list begins where a name could.
  if (container?.kind === 'list' && dialect === 'intercept') return listOffers(spot, container.of, true);
  return [];
}

function membersOf({ containers }: Spot): Members {
  return containers.at(-1)?.members ?? new Map<string, string | null>();
}

function valueOrElement(spot: Spot, shape: Shape | null): readonly Offer[] {
  if (shape === null) return [];
  if (spot.role === 'item') return listOffers(spot, shape, true);
  if (typeof spot.path.at(-1) === 'number' && shape.kind === 'object') return listOffers(spot, shape, false);
  if (shape.kind === 'value') return valueOffers(spot, shape.value);
  if (spot.dialect === 'intercept') return [];
  const name = spot.path.at(-1);
  const field = typeof name === 'string' ? name : '';
  const whole = fieldTemplate(spot.dialect, shape, field, toolOf(spot.path));
  const template = field === '' ? objectTemplate(spot.dialect, shape, '') : whole.template;
  const label = field === '' ? 'new policy' : shape.kind === 'list' ? '[ ]' : '{ }';
  return [{ ...templateOffer(spot.dialect, label, '', template), again: whole.again }];
}

/** Elements of a list; `isMarked`: with the mark that YAML puts in front. */
function listOffers(spot: Spot, shape: Shape, isMarked: boolean): readonly Offer[] {
  const { dialect, path } = spot;
  const listName = path.findLast((segment, at) => typeof segment === 'string' && segment !== '' && at > 0) ?? path[0];
  const mark = (offer: Offer): Offer => {
    if (!isMarked) return offer;
    return { ...offer, insert: `- ${offer.insert.replaceAll('\n', '\n  ')}`, filter: offer.filter ?? offer.label };
  };
  if (shape.kind === 'value') return valueOffers(spot, shape.value).map(mark);
  if (shape.kind !== 'object') return [];
  const name = typeof listName === 'string' ? listName : '';
  const snippets = elementSnippets(dialect, toolOf(path), name).map(({ label, means, element }) =>
    templateOffer(dialect, label, means, element),
  );
  const whole =
    snippets.length > 0
      ? snippets
      : [templateOffer(dialect, ...elementWords(shape), objectTemplate(dialect, shape, toolOf(path)))];
  if (dialect === 'policylayer') return whole;
  const fields = isMarked ? [] : nameOffers({ ...spot, path: [...path, ''] }, shape.part, new Map());
  return [...fields.filter(({ kind }) => kind === 'field'), ...whole.map(mark)];
}

function elementWords(shape: Shape): readonly [label: string, means: string] {
  const part = shape.kind === 'object' ? shape.part : '';
  if (part === 'condition') return ['condition', 'Compares one argument of the call with a value.'];
  if (part === 'rule') return ['rule', 'Conditions that belong together.'];
  return ['rate limit', 'At most so many calls in a window.'];
}

function templateOffer(dialect: Dialect, label: string, documentation: string, template: Template): Offer {
  return { label, insert: printTemplate(dialect, template), detail: 'whole rule', documentation, kind: 'rule' };
}

/** Fits an offer to the caret: comma, space and indentation as the text around it needs them. */
function fit(spot: Spot, offer: Offer): Completion {
  const { label, detail, documentation, kind, again = false } = offer;
  const { dialect, range, before, needsComma, needsSpace, indent } = spot;
  const isQuoted = dialect === 'policylayer' && offer.insert.startsWith('"');
  const filter = offer.filter ?? label;
  return {
    label,
    insert: `${needsSpace ? ' ' : ''}${offer.insert.replaceAll('\n', `\n${' '.repeat(indent)}`)}${needsComma ? ',' : ''}`,
    filter: isQuoted || (dialect === 'policylayer' && kind === 'rule') ? printName('policylayer', filter) : filter,
    detail,
    documentation,
    kind,
    range,
    before,
    again,
  };
}
