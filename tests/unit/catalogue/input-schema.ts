import * as z from 'zod/mini';
import type { Tool, ToolField } from '../../../src/core/catalogue/tools.ts';

function fieldSchema(field: ToolField): z.ZodMiniType {
  switch (field.type) {
    case 'string':
      return field.choices === undefined ? z.string() : z.enum([...field.choices]);
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'strings':
      return z.array(z.string());
    case 'any':
      return z.unknown();
  }
}

/**
 * The zod schema of a tool's input, made from its fields. Extra arguments are dropped, not refused, as the server does.
 * `checkArguments` decides the same without loading zod; a property test holds the two together.
 */
export function inputSchema(tool: Tool): z.ZodMiniObject {
  const shape: Record<string, z.ZodMiniType> = {};
  for (const field of tool.fields) {
    const schema = fieldSchema(field);
    shape[field.name] = field.required ? z.nonoptional(schema) : z.optional(schema);
  }
  return z.object(shape);
}
