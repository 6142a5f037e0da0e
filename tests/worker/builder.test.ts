import { describe, expect, test } from 'vitest';
import { withEdits } from '../../src/ui/results/text-edits.ts';
import { connect } from './connect.ts';

const source = (text: string) => ({ dialect: 'auto', text }) as const;
const YAML = 'version: "1"\ndefault: deny\n# none\ntools: {}\n';

describe('the builder behind the worker', () => {
  test('reads either dialect as forms, and says why a text is locked', async () => {
    const engine = connect();
    expect(await engine.builder(source('{"version":"1","default":"deny"}'), null)).toMatchObject({
      kind: 'open',
      dialect: 'policylayer',
      defaultAction: 'deny',
    });
    expect(await engine.builder(source(YAML), null)).toMatchObject({ kind: 'open', dialect: 'intercept' });
    expect(await engine.builder(source('{"version":"1",,}'), null)).toMatchObject({ kind: 'locked' });
  });

  test('answers a change with edits of exactly the text that was sent', async () => {
    const engine = connect();
    const answer = await engine.builder(source(YAML), { kind: 'state', tool: 'get_agent_card', state: 'allow' });
    if (answer.kind !== 'edits') throw new Error(`no edits: ${answer.kind}`);
    expect(withEdits(YAML, answer.edits)).toBe(YAML.replace('tools: {}', 'tools:\n  get_agent_card: {}'));
  });

  test('refuses a change of a text that cannot be read', async () => {
    const answer = await connect().builder(source('{'), { kind: 'default', action: 'allow' });
    expect(answer.kind).toBe('refused');
  });
});
