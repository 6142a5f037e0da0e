import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { numberAsLoaded } from '../../src/core/policy/intercept/yaml-loaded.ts';
import type { Operand } from '../../src/core/policy/model.ts';

/** The value at a path of a JSON text as Intercept's reader would hold it: whole numbers as bigint, objects as maps. */
export function exactValue(text: string, path: readonly string[]): Operand {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, [...path]);
  if (!node) throw new Error(`nothing at ${path.join('.')}`);
  return operandOf(node, text);
}

function operandOf(node: Node, text: string): Operand {
  const children = node.children ?? [];
  switch (node.type) {
    case 'array':
      return children.map((child) => operandOf(child, text));
    case 'object':
      return new Map(
        children.map(({ children: [name, value] = [] }) => [String(name?.value), operandOf(value!, text)]),
      );
    case 'number': {
      const digits = text.slice(node.offset, node.offset + node.length);
      return numberAsLoaded(/^-?\d+$/.test(digits) ? BigInt(digits) : Number(digits), digits);
    }
    default:
      return node.value as null | boolean | string;
  }
}
