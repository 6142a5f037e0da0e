import type { Range } from '../../diagnostic.ts';
import type { YamlEntry, YamlNode } from './yaml-tree.ts';

/** A collection and the places of what is in it, in order. */
export interface YamlParent {
  readonly range: Range;
  readonly children: readonly Range[];
}

/** A place of an Intercept text. `key` only for members of a mapping. */
export interface YamlPlace {
  readonly whole: Range;
  readonly key: Range | null;
  readonly node: YamlNode;
  readonly parent: YamlParent | null;
}

/**
 * Every place of a policy by Intercept's own path: `hide[0]`, `tools.x`, `tools.x.rules[0].conditions[1].value`, and below
 * it the items of lists. Items are numbered as Intercept does: empty ones do not count.
 */
export function yamlPlaces(root: YamlNode): ReadonlyMap<string, YamlPlace> {
  const places = new Map<string, YamlPlace>();
  const walk = (node: YamlNode, at: string): void => {
    if (node.kind === 'map') {
      const parent = { range: node.range, children: node.entries.map(({ range }) => range) };
      for (const entry of node.entries) addEntry(entry, at === '' ? entry.key : `${at}.${entry.key}`, parent);
    } else if (node.kind === 'list') {
      const parent = { range: node.range, children: node.items.map(({ range }) => range) };
      node.items
        .filter(({ kind }) => kind !== 'null')
        .forEach((item, index) => {
          const path = `${at}[${String(index)}]`;
          places.set(path, { whole: item.range, key: null, node: item, parent });
          walk(item, path);
        });
    }
  };
  const addEntry = ({ keyRange, range, value }: YamlEntry, path: string, parent: YamlParent): void => {
    places.set(path, { whole: range, key: keyRange, node: value, parent });
    walk(value, path);
  };
  walk(root, '');
  places.set('', { whole: root.range, key: null, node: root, parent: null });
  return places;
}
