import type { JsonObject, JsonValue } from '../json.ts';
import { foundCall, type FoundCall, type FoundRecord } from './found.ts';
import { isObject, listOf, memberOf, textOf } from './members.ts';
import type { SkipReason, TraceFormat } from './trace.ts';

/** Collects the tool uses of one record of a transcript. */
class ToolUses {
  readonly calls: FoundCall[] = [];
  readonly problems: SkipReason[] = [];

  add(tool: string | null, args: JsonValue | undefined, id: string | null): void {
    const read = typeof args === 'string' ? argumentsOf(args) : (args ?? {});
    if (tool === null || tool === '') this.problems.push('no-tool-name');
    else if (read === undefined) this.problems.push('arguments-not-json');
    else if (!isObject(read)) this.problems.push('arguments-not-an-object');
    else this.calls.push(foundCall(tool, read, id));
  }

  found(format: TraceFormat): FoundRecord {
    const { calls, problems } = this;
    const other = calls.length === 0 && problems.length === 0 ? 'text' : null;
    return { format, calls, other, problems };
  }
}

/** Arguments as text: JSON, where an empty text stands for none. */
function argumentsOf(text: string): JsonValue | undefined {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

const ANTHROPIC_BLOCKS: readonly (string | null)[] = ['tool_use', 'mcp_tool_use'];
/** `server_tool_use` is a tool of the model's own provider, which no gateway sees. */
const ANTHROPIC_CONTENT: readonly (string | null)[] = [
  ...ANTHROPIC_BLOCKS,
  'tool_result',
  'mcp_tool_result',
  'server_tool_use',
  'thinking',
];

/** A message of Anthropic's API, or one of its content blocks. */
function readAnthropic(record: JsonObject): FoundRecord | null {
  const content = listOf(record, 'content');
  const blocks = content ?? (ANTHROPIC_CONTENT.includes(textOf(record, 'type')) ? [record] : null);
  if (blocks === null || (content !== null && textOf(record, 'role') === null)) return null;
  const known = blocks.filter(isObject).map((block) => ({ block, type: textOf(block, 'type') }));
  if (!known.some(({ type }) => ANTHROPIC_CONTENT.includes(type))) return null;
  const uses = new ToolUses();
  for (const { block, type } of known) {
    if (!ANTHROPIC_BLOCKS.includes(type)) continue;
    uses.add(textOf(block, 'name'), memberOf(block, 'input'), textOf(block, 'id'));
  }
  return uses.found('anthropic');
}

function addFunction(uses: ToolUses, call: JsonValue, id: string | null): void {
  const named = isObject(call) ? call : {};
  uses.add(textOf(named, 'name'), memberOf(named, 'arguments'), id);
}

/** A message of OpenAI's chat completions with its `tool_calls`, or the single `function_call` of older ones. */
function readChat(record: JsonObject): FoundRecord | null {
  const role = textOf(record, 'role');
  const toolCalls = listOf(record, 'tool_calls');
  const older = memberOf(record, 'function_call');
  if (role === null || (toolCalls === null && !isObject(older))) {
    return role === 'tool' || role === 'function' ? new ToolUses().found('openai') : null;
  }
  const uses = new ToolUses();
  for (const call of toolCalls ?? []) {
    const held = isObject(call) ? call : {};
    addFunction(uses, memberOf(held, 'function') ?? memberOf(held, 'custom') ?? held, textOf(held, 'id'));
  }
  if (isObject(older)) addFunction(uses, older, null);
  return uses.found('openai');
}

const OPENAI_CALLS: readonly (string | null)[] = ['function_call', 'mcp_call'];
const OPENAI_ITEMS: readonly (string | null)[] = ['function_call_output', 'reasoning', 'mcp_list_tools'];

/** An item of OpenAI's Responses API. */
function readItem(record: JsonObject): FoundRecord | null {
  const type = textOf(record, 'type');
  const uses = new ToolUses();
  if (OPENAI_CALLS.includes(type)) addFunction(uses, record, textOf(record, 'call_id') ?? textOf(record, 'id'));
  else if (!OPENAI_ITEMS.includes(type)) return null;
  return uses.found('openai');
}

/** A message that holds words only, of which both APIs make the same. */
function readWords(record: JsonObject): FoundRecord | null {
  const isMessage = textOf(record, 'role') !== null && Object.hasOwn(record, 'content');
  return isMessage ? { ...new ToolUses().found('openai'), format: null } : null;
}

/** A message or an item of a chat transcript, with the tool uses in it. */
export function readTranscript(record: JsonObject): FoundRecord | null {
  return readChat(record) ?? readItem(record) ?? readAnthropic(record) ?? readWords(record);
}
