import type { Range } from '../../diagnostic.ts';
import type { YamlNode } from '../intercept/yaml-tree.ts';
import { readYaml } from '../intercept/yaml-tree.ts';
import type { Dialect } from '../model.ts';
import { readDocument } from '../policylayer/document-reader.ts';
import type { JsonNode } from '../policylayer/json-node.ts';
import { Report } from '../report.ts';

/** A document as a tree with places, or why there is none. */
export type Tree =
  | { readonly kind: 'tree'; readonly root: JsonNode }
  | { readonly kind: 'broken'; readonly message: string; readonly range: Range };

/** Reads either format into one kind of tree. Only text that is not JSON, or not YAML, is broken. Never throws. */
export function readTree(text: string, dialect: Dialect): Tree {
  if (dialect === 'intercept') {
    const { root, diagnostics } = readYaml(text);
    return root === null ? broken(text, diagnostics[0]) : { kind: 'tree', root: fromYaml(root) };
  }
  const report = new Report();
  const root = readDocument(text, report);
  const error = report.sorted().find(({ severity }) => severity === 'error');
  return root === null || error !== undefined ? broken(text, error) : { kind: 'tree', root };
}

function broken(text: string, first: { readonly message: string; readonly range: Range } | undefined): Tree {
  const { message, range } = first ?? { message: 'there is no policy here', range: { start: 0, end: text.length } };
  return { kind: 'broken', message, range };
}

function fromYaml(node: YamlNode): JsonNode {
  const { range } = node;
  switch (node.kind) {
    case 'null':
      return { kind: 'scalar', range, value: null };
    case 'scalar':
      return { kind: 'scalar', range, value: typeof node.value === 'bigint' ? Number(node.value) : node.value };
    case 'list':
      return { kind: 'list', range, items: node.items.map(fromYaml) };
    case 'map': {
      const members = node.entries.map(({ key: name, range: whole, value }) => ({
        name,
        key: whole,
        range: whole,
        value: fromYaml(value),
      }));
      return { kind: 'object', range, members };
    }
  }
}
