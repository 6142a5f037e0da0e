import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  visit,
  type Alias,
  type Document,
  type Node,
  type Scalar,
  type YAMLError,
} from 'yaml';
import type { Diagnostic, Range } from '../../diagnostic.ts';
import type { JsonValue } from '../../json.ts';
import type { Operand } from '../model.ts';
import { formatValue } from '../../engine/value-text.ts';
import type { InterceptCode } from './codes.ts';
import { flawsOf, numberAsLoaded } from './yaml-loaded.ts';

const MAX_ALIASES = 100;
const MAX_DEPTH = 100;
const LONGEST_REASON = 200;

/** A YAML value with aliases followed. `range` is where it is used, not where its anchor stands. */
export type YamlNode =
  | { readonly kind: 'null'; readonly range: Range }
  | {
      readonly kind: 'scalar';
      readonly range: Range;
      readonly text: string;
      readonly value: string | number | bigint | boolean;
    }
  | { readonly kind: 'list'; readonly range: Range; readonly items: readonly YamlNode[] }
  | { readonly kind: 'map'; readonly range: Range; readonly entries: readonly YamlEntry[] };

/** A member of a mapping; `key` is its text, empty for what is no scalar. */
export interface YamlEntry {
  readonly key: string;
  readonly keyNode: YamlNode;
  /** The key as written. */
  readonly keyRange: Range;
  readonly range: Range;
  readonly value: YamlNode;
}

/** `root` is null when the text does not load; then `diagnostics` says why. */
export interface YamlTree {
  readonly root: YamlNode | null;
  readonly diagnostics: readonly Diagnostic[];
}

function yamlError(code: InterceptCode, message: string, range: Range): Diagnostic {
  return { code, severity: 'error', message, range, pointer: '' };
}

function syntaxDiagnostic(error: YAMLError, length: number): Diagnostic {
  const first = error.message.split('\n')[0] ?? error.message;
  // why: the parser quotes what it stumbled over, whatever its length.
  const reason = first.replace(/ at line \d+, column \d+:?$/, '').slice(0, LONGEST_REASON);
  const message = `not YAML here: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}; mend this line`;
  // why: a fault that the text ends with is put behind its end.
  const [start, end] = [Math.min(error.pos[0], length), Math.min(error.pos[1], length)];
  return yamlError('yaml-syntax', message, { start, end: Math.max(start, end) });
}

/** Keys that stand twice in one mapping: scalars of the same text, as Intercept compares them. */
function repeatedKeys(document: Document): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const text = typeof key.value === 'string' ? key.value : (key.source ?? '');
        if (seen.has(text)) {
          const message = 'this name already stands in the mapping; remove one of the two';
          found.push(yamlError('yaml-duplicate-key', message, rangeOf(key, { start: 0, end: 0 })));
        }
        seen.add(text);
      }
    },
  });
  return found;
}

function tooDeep(range: Range): Diagnostic {
  return yamlError('yaml-syntax', `more than ${String(MAX_DEPTH)} levels; take some out`, range);
}

/** The first value that stands deeper than allowed; a repeated key is looked for by recursion too, so this comes first. */
function deepest(document: Document): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(document, {
    Collection: (_key, node, path) => {
      if (path.filter((above) => isMap(above) || isSeq(above)).length < MAX_DEPTH) return undefined;
      found.push(tooDeep(rangeOf(node, { start: 0, end: 0 })));
      return visit.BREAK;
    },
  });
  return found;
}

/** The documents of a text; null where they nest so deep that the parser, which walks by recursion, gives up. */
function parseDocuments(text: string): readonly Document.Parsed[] | null {
  try {
    return parseAllDocuments(text, {
      version: '1.2',
      schema: 'core',
      // why: the parser compares every key with every other; `repeatedKeys` looks each up.
      uniqueKeys: false,
      intAsBigInt: true,
      logLevel: 'silent',
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function rangeOf(node: Node | null | undefined, fallback: Range): Range {
  const range = node?.range;
  return range ? { start: range[0], end: range[1] } : fallback;
}

/** Follows aliases while reading; every refusal is collected once. */
class TreeReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #document: Document;
  readonly #anchors = new Map<Alias, Node | undefined>();
  readonly #open = new Set<Node>();
  #followed = 0;

  constructor(document: Document) {
    this.#document = document;
    this.#collectAnchors();
  }

  read(node: Node | null | undefined, at: Range): YamlNode {
    if (!node) return { kind: 'null', range: at };
    if (isAlias(node)) return this.#follow(node, rangeOf(node, at));
    if (isScalar(node)) return this.#scalar(node, rangeOf(node, at));
    const range = rangeOf(node, at);
    // why: with an alias, the range of use is what a person sees marked; the inner nodes keep their own.
    if (isSeq(node)) return { kind: 'list', range, items: node.items.map((item) => this.read(item as Node, range)) };
    if (!isMap(node)) return { kind: 'null', range };
    const entries = node.items.map((pair) => {
      const keyNode = pair.key as Node | null;
      const key = this.read(keyNode, range);
      const value = this.read(pair.value as Node | null, key.range);
      return {
        key: key.kind === 'scalar' ? key.text : '',
        keyNode: key,
        keyRange: key.range,
        range: { start: key.range.start, end: Math.max(key.range.end, value.range.end) },
        value,
      };
    });
    return { kind: 'map', range, entries };
  }

  // INVARIANT: an alias means the nearest anchor of its name before it, so one pass in document order finds them all.
  #collectAnchors(): void {
    const latest = new Map<string, Node>();
    visit(this.#document, {
      Alias: (_key, alias) => {
        this.#anchors.set(alias, latest.get(alias.source));
        if (!latest.has(alias.source))
          this.#refuse(alias, `no anchor \`&${alias.source}\` stands before this alias; add it or write the value out`);
      },
      Value: (_key, node) => {
        if (node.anchor !== undefined) latest.set(node.anchor, node);
      },
    });
    if (this.#anchors.size > MAX_ALIASES) this.#tooMany([...this.#anchors.keys()][MAX_ALIASES]);
  }

  #follow(alias: Alias, range: Range): YamlNode {
    const target = this.#anchors.get(alias);
    if (!target) return { kind: 'null', range };
    this.#followed++;
    if (this.#followed > MAX_ALIASES) {
      if (this.#followed === MAX_ALIASES + 1) this.#tooMany(alias);
      return { kind: 'null', range };
    }
    if (this.#open.has(target) || contains(target, alias)) {
      this.#refuse(alias, `the value of \`&${alias.source}\` holds itself; write it out`);
      return { kind: 'null', range };
    }
    this.#open.add(target);
    const value = this.read(target, range);
    this.#open.delete(target);
    return { ...value, range };
  }

  #scalar(node: Scalar, range: Range): YamlNode {
    const value = node.value;
    if (value === null || value === undefined) return { kind: 'null', range };
    if (typeof value === 'string') return { kind: 'scalar', range, text: value, value };
    if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
      const text = node.source ?? String(value);
      return { kind: 'scalar', range, text, value: typeof value === 'boolean' ? value : numberAsLoaded(value, text) };
    }
    return { kind: 'scalar', range, text: node.source ?? '', value: node.source ?? '' };
  }

  #tooMany(alias: Alias | undefined): void {
    this.#refuse(alias, `more than ${String(MAX_ALIASES)} aliases are followed here; write some of the values out`);
  }

  #refuse(node: Node | undefined, message: string): void {
    const range = rangeOf(node, { start: 0, end: 0 });
    this.diagnostics.push(yamlError('yaml-alias', message, range));
  }
}

function contains(target: Node, alias: Alias): boolean {
  const [start, , end] = target.range ?? [0, 0, 0];
  const at = alias.range?.[0] ?? -1;
  return (isMap(target) || isSeq(target)) && at >= start && at < end;
}

/**
 * Reads one YAML 1.2 document (core schema; duplicate keys, several documents and more than 100 aliases are errors).
 * An empty text is a null root. Never throws.
 */
export function readYaml(text: string): YamlTree {
  const whole = { start: 0, end: text.length };
  const flaws = flawsOf(text).map(({ message, range }) => yamlError('yaml-syntax', message, range));
  if (flaws.length > 0) return { root: null, diagnostics: flaws };
  const documents = parseDocuments(text);
  if (documents === null) return { root: null, diagnostics: [tooDeep(whole)] };
  const [first, second] = documents;
  if (!first) return { root: { kind: 'null', range: whole }, diagnostics: [] };
  const deep = deepest(first);
  if (deep.length > 0) return { root: null, diagnostics: deep };
  const syntax = first.errors.map((error) => syntaxDiagnostic(error, text.length));
  const diagnostics = [...syntax, ...repeatedKeys(first)];
  diagnostics.sort((a, b) => a.range.start - b.range.start);
  if (second) {
    const start = second.range[0];
    diagnostics.push({
      code: 'yaml-documents',
      severity: 'error',
      message: 'a second document starts here; keep one document in the text',
      range: { start, end: Math.max(start, second.range[1]) },
      pointer: '',
    });
  }
  if (diagnostics.length > 0) return { root: null, diagnostics };
  const reader = new TreeReader(first);
  const root = reader.read(first.contents, whole);
  return reader.diagnostics.length > 0 ? { root: null, diagnostics: reader.diagnostics } : { root, diagnostics: [] };
}

/** The plain value of a node. Names such as `__proto__` become own members. */
export function plainValue(node: YamlNode): JsonValue {
  switch (node.kind) {
    case 'null':
      return null;
    case 'scalar':
      return typeof node.value === 'bigint' ? Number(node.value) : node.value;
    case 'list':
      return node.items.map(plainValue);
    case 'map': {
      const result: Record<string, JsonValue> = {};
      for (const { keyNode, value } of node.entries) {
        Object.defineProperty(result, printedKey(keyNode), {
          value: plainValue(value),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return result;
    }
  }
}

/** The value with whole numbers told from decimals: whole ones stay bigint, mappings become Maps. */
export function exactValue(node: YamlNode): Operand {
  switch (node.kind) {
    case 'null':
      return null;
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(exactValue);
    case 'map':
      return new Map(
        node.entries.map(({ keyNode, value }): [string, Operand] => [printedKey(keyNode), exactValue(value)]),
      );
  }
}

/** A key inside a value, as Intercept prints it: `1.0` is `1`, and null `<nil>`. */
function printedKey(key: YamlNode): string {
  return formatValue(exactValue(key), 'float');
}
