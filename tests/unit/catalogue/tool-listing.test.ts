import { ListToolsResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { acceptsArguments } from '../../../src/core/catalogue/check-arguments.ts';
import { inputJsonSchema, toolListing } from '../../../src/core/catalogue/tool-listing.ts';
import { TOOL_NAMES, TOOLS } from '../../../src/core/catalogue/tools.ts';
import type { JsonValue } from '../../../src/core/json.ts';

it('lists every tool but hidden ones, in the order of the server', () => {
  const names = (isHidden: (tool: string) => boolean): readonly string[] =>
    ListToolsResultSchema.parse(toolListing(isHidden)).tools.map(({ name }) => name);
  expect(names(() => false)).toEqual(TOOL_NAMES);
  expect(names((tool) => tool === TOOL_NAMES[1])).toEqual(TOOL_NAMES.filter((_, i) => i !== 1));
  expect(names(() => true)).toEqual([]);
});

it('names schemas that accept what the server accepts', () => {
  const ajv = new Ajv({ strict: false });
  const value: fc.Arbitrary<JsonValue> = fc.oneof(
    fc.constantFrom('agent-1', 'Gold', '', 1, -0.5, true, null, 'Iron'),
    fc.array(fc.constantFrom('a', 1), { maxLength: 2 }),
    fc.constant({}),
  );
  for (const tool of TOOLS) {
    const accepts = ajv.compile(inputJsonSchema(tool));
    const names = [...tool.fields.map(({ name }) => name), 'other'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (args) => {
        expect(accepts(args)).toBe(acceptsArguments(tool, args));
      }),
      { numRuns: 60 },
    );
  }
});
