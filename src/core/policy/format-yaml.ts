import { parseDocument, type ScalarTag, type Tags } from 'yaml';
import type { TextEdit } from '../diagnostic.ts';
import { escapeControls } from './intercept/yaml-loaded.ts';
import { readYaml, type YamlNode } from './intercept/yaml-tree.ts';

/**
 * The edit that lays a YAML document out with two spaces, comments and line breaks inside texts kept; none when it is laid
 * out already. Null when it does not load, or when a new layout could be read differently. Never throws.
 */
export function formatYaml(text: string): readonly TextEdit[] | null {
  const { root } = readYaml(text);
  if (root === null) return null;
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    intAsBigInt: true,
    customTags: numbersAsWritten,
  });
  const laidOut = escapeControls(document.toString({ indent: 2, lineWidth: 0, flowCollectionPadding: false }));
  const again = readYaml(laidOut).root;
  // why: what is written decides calls, so a layout that changes a single value is refused.
  if (again === null || plainForm(again) !== plainForm(root)) return null;
  return laidOut === text ? [] : [{ range: { start: 0, end: text.length }, text: laidOut }];
}

/** Numbers stay as they are written: `1e3`, `017` and `0x1F` are texts to some fields. */
function numbersAsWritten(tags: Tags): Tags {
  return tags.map((tag) => {
    const isNumber = typeof tag === 'object' && /:(?:int|float)$/.test(tag.tag) && tag.collection === undefined;
    if (!isNumber) return tag;
    const asWritten: ScalarTag = { ...tag, stringify: ({ source, value }) => source ?? String(value) };
    return asWritten;
  });
}

/** Everything Intercept reads of a tree, without places. */
function plainForm(node: YamlNode): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'scalar':
      return `${typeof node.value} ${JSON.stringify([node.text, String(node.value)])}`;
    case 'list':
      return `[${node.items.map(plainForm).join()}]`;
    case 'map':
      return `{${node.entries.map(({ key, value }) => `${JSON.stringify(key)}:${plainForm(value)}`).join()}}`;
  }
}
