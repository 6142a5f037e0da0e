import type { JsonObject } from '../json.ts';
import { type Tool, type ToolField, TOOLS } from './tools.ts';

function fieldSchema({ type, description, default: preset, choices }: ToolField): JsonObject {
  const shape: JsonObject =
    type === 'any' ? {} : type === 'strings' ? { type: 'array', items: { type: 'string' } } : { type };
  return {
    ...shape,
    ...(choices === undefined ? {} : { enum: [...choices] }),
    ...(preset === undefined ? {} : { default: preset }),
    description,
  };
}

/** The JSON schema of a tool's input, as `tools/list` names it. Further arguments are dropped by the server, not refused. */
export function inputJsonSchema({ fields }: Tool): JsonObject {
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
    ...(required.length === 0 ? {} : { required }),
  };
}

/**
 * The result of `tools/list`: the server's tools in their order, without those that are hidden. Tools that are denied
 * when called stay in it (docs: policy.md#what-a-decision-says).
 */
export function toolListing(isHidden: (tool: string) => boolean): JsonObject {
  const listed = TOOLS.filter(({ name }) => !isHidden(name));
  return {
    tools: listed.map((tool) => ({
      name: tool.name,
      description: tool.description,
      inputSchema: inputJsonSchema(tool),
    })),
  };
}
