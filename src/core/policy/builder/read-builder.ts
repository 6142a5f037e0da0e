import { TOOL_NAMES } from '../../catalogue/tools.ts';
import type { Dialect } from '../model.ts';
import { childPointer } from '../pointer.ts';
import { type JsonNode, toJson } from '../policylayer/json-node.ts';
import type { BuilderDocument, BuilderLocked, BuilderTool, Part, ToolState } from './model.ts';
import { child, fieldOf, itemsOf, memberRange } from './node-fields.ts';
import type { Path } from './operation.ts';
import { readInterceptTool } from './read-intercept.ts';
import { readPolicylayerTool, type ToolParts } from './read-policylayer.ts';
import type { Tree } from './tree.ts';

/** Intercept's name for every tool. */
const EVERY = '*';

/** The document that was read from a text, as the builder shows it; `locked` when it is no whole document. Never throws. */
export function viewOf(tree: Tree, dialect: Dialect): BuilderDocument | BuilderLocked {
  if (tree.kind === 'broken') return { kind: 'locked', message: tree.message, range: tree.range };
  if (tree.root.kind === 'object') return new DocumentView(tree.root, dialect).read();
  const message =
    dialect === 'intercept' ? 'a policy begins with `version: "1"`' : 'a policy stands in braces, `{ … }`';
  return { kind: 'locked', message, range: tree.root.range };
}

class DocumentView {
  readonly #root: JsonNode;
  readonly #dialect: Dialect;
  readonly #hidden: ReadonlySet<string>;
  readonly #default: 'allow' | 'deny';

  constructor(root: JsonNode, dialect: Dialect) {
    this.#root = root;
    this.#dialect = dialect;
    this.#hidden = new Set(this.#hide().flatMap(({ name }) => (typeof name === 'string' ? [name] : [])));
    this.#default = fieldOf(root, 'default') === 'deny' ? 'deny' : 'allow';
  }

  read(): BuilderDocument {
    const root = this.#root;
    return {
      kind: 'open',
      dialect: this.#dialect,
      version: fieldOf(root, 'version'),
      description: fieldOf(root, 'description'),
      defaultAction: fieldOf(root, 'default'),
      defaultPart: this.#part('default', memberRange(root, 'default')),
      hide: this.#hide(),
      hidesAll: this.#hidden.has('*'),
      everyTool: this.#everyTool(),
      tools: this.#tools(),
    };
  }

  #part(name: string, range: Part['range']): Part {
    return { path: [name], pointer: this.#dialect === 'intercept' ? name : `/${name}`, range };
  }

  #hide(): BuilderDocument['hide'] {
    let written = 0;
    return itemsOf(child(this.#root, 'hide')).flatMap((item, index) => {
      const name = toJson(item);
      if (this.#dialect === 'intercept' && name === null) return [];
      const pointer = this.#dialect === 'intercept' ? `hide[${String(written++)}]` : `/hide/${String(index)}`;
      return [{ path: ['hide', index], pointer, range: item.range, name }];
    });
  }

  #everyTool(): BuilderTool {
    const isIntercept = this.#dialect === 'intercept';
    const parts = isIntercept
      ? this.#parts(EVERY, ['tools', EVERY], child(this.#root, 'tools'))
      : this.#parts('all_tools', ['all_tools'], this.#root);
    return {
      ...parts,
      name: isIntercept ? EVERY : 'all_tools',
      listed: parts.range !== null,
      hidden: false,
      state: 'custom',
    };
  }

  #tools(): readonly BuilderTool[] {
    const owner = child(this.#root, 'tools');
    const listed = owner?.kind === 'object' ? owner.members.map(({ name }) => name) : [];
    const hidden = [...this.#hidden].filter((name) => name !== '*');
    const names = new Set([...listed, ...hidden, ...TOOL_NAMES]);
    if (this.#dialect === 'intercept') names.delete(EVERY);
    return [...names].map((name) => this.#tool(name, owner));
  }

  #tool(name: string, owner: JsonNode | undefined): BuilderTool {
    const parts = this.#parts(name, ['tools', name], owner);
    const listed = parts.range !== null;
    const hidden = this.#hidden.has(name) || this.#hidden.has('*');
    return { ...parts, name, listed, hidden, state: this.#state(parts, listed, hidden) };
  }

  #parts(name: string, path: Path, owner: JsonNode | undefined): ToolParts {
    const range = memberRange(owner, name);
    const node = child(owner, name);
    const pointer = path.length === 1 ? `/${name}` : childPointer('/tools', name);
    if (this.#dialect === 'policylayer') return readPolicylayerTool(node, { path, pointer, range });
    return readInterceptTool(node, { path, pointer: `tools.${name}`, range }, name);
  }

  #state(parts: ToolParts, listed: boolean, hidden: boolean): ToolState {
    if (hidden) return 'hide';
    if (!listed) return this.#default;
    if (parts.alwaysDenied) return 'deny';
    const isBare = parts.rules.length === 0 && parts.limits.length === 0 && parts.approval === null;
    return isBare && parts.readable ? 'allow' : 'custom';
  }
}
