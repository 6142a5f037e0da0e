import type { JsonObject } from '../json.ts';
import { TOOLS, type Tool } from './tools.ts';

function rateLimit(tool: Tool, max: number): JsonObject {
  return { limits: [{ counter: `${tool.name}_rate`, window: 'minute', max, scope: 'grant' }] };
}

/**
 * The rules PolicyLayer's catalogue recommends for a tool of this category: nothing for Read, 30 a minute and grant for
 * Write, 10 for Execute (docs: policy.md#the-server-behind-the-gateway). The value of `tools[name]` in a policy.
 */
function recommendedRules(tool: Tool): JsonObject {
  switch (tool.category) {
    case 'Read':
      return {};
    case 'Write':
      return rateLimit(tool, 30);
    case 'Execute':
      return rateLimit(tool, 10);
  }
}

/** A whole policy with the recommended rules of all 14 tools and `default: deny`, as JSON text with 2 spaces. */
export function recommendedPolicyText(): string {
  const tools = Object.fromEntries(TOOLS.map((tool) => [tool.name, recommendedRules(tool)]));
  return JSON.stringify({ version: '1', default: 'deny', tools }, null, 2);
}
