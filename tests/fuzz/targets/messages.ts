import type { JsonObject, JsonValue } from '../../../src/core/json.ts';
import { portOf, READY, readToFrame } from '../../../src/embed/messages.ts';
import { readParameters, wholePage } from '../../../src/embed/parameters.ts';
import { readContent } from '../../../src/share/content.ts';
import { readScenario } from '../../../src/state/read-scenario.ts';
import type { Dice } from '../dice.ts';
import { mutateText } from '../mutate-text.ts';
import { mutateValue } from '../mutate-value.ts';
import { LINKS } from '../seeds.ts';
import { must, type Outcome, type Target } from '../target.ts';

const CONNECT: JsonObject = { source: 'policy-playground-host', type: 'connect', v: 1 };
const TYPES = ['set-theme', 'load', 'run'];

/** What structured cloning carries and JSON does not, by the text that stands for it. */
const CLONED: ReadonlyMap<string, () => unknown> = new Map<string, () => unknown>([
  ['%undefined', () => undefined],
  ['%nan', () => NaN],
  ['%big', () => 2n ** 70n],
  ['%date', () => new Date(NaN)],
  ['%map', () => new Map([['type', 'run']])],
  ['%bytes', () => new Uint8Array(9)],
  ['%error', () => new Error('no')],
  ['%ring', ringOf],
]);

function ringOf(): unknown {
  const ring: Record<string, unknown> = {};
  ring['self'] = ring;
  return ring;
}

function make(dice: Dice): string {
  const link = dice.oneIn(3) ? mutateValue(dice.pick(LINKS), CONNECT, dice) : dice.pick(LINKS);
  const known: readonly JsonValue[] = [
    CONNECT,
    { ...READY },
    { type: 'set-theme', theme: 'dark' },
    { type: 'run' },
    { type: 'load', link },
  ];
  const message = dice.oneIn(6) ? dice.pick(known) : mutateValue(dice.pick(known), [...CLONED.keys()], dice);
  return JSON.stringify(message);
}

/** The message that a text stands for; a text that is no JSON is a message itself. */
function messageOf(input: string): unknown {
  try {
    return JSON.parse(input, (_name, value: unknown) => {
      const made = typeof value === 'string' ? CLONED.get(value) : undefined;
      return made === undefined ? value : made();
    }) as unknown;
  } catch {
    return input;
  }
}

/** Whether a link that a host sent can be written as a text at all; a ring cannot. */
function textOf(link: object): string | null {
  try {
    return JSON.stringify(link);
  } catch {
    return null;
  }
}

function check(input: string): Outcome {
  const data = messageOf(input);
  must(portOf(data, []) === null, 'connected without a port');
  const parameters = readParameters(input);
  must(parameters.wrong.length <= 4, `${parameters.wrong.length} wrong parameters`);
  wholePage('https://example.org/page?embed&theme=dark', input);
  const message = readToFrame(data);
  if (message === null) return 'refused';
  must(TYPES.includes(message.type), `message ${message.type}`);
  if (message.type !== 'load') return 'accepted';
  const text = textOf(message.link);
  if (text === null) return 'refused';
  const content = readContent(text, readScenario);
  if (content.kind === 'rejected') must(content.read !== '', `${content.code} says nothing`);
  return content.kind === 'rejected' ? 'refused' : 'accepted';
}

/** What another page may say to an embed, over the window and over the port, and in its address. */
export const MESSAGE_TARGET: Target = {
  name: 'messages',
  make: (dice) =>
    dice.oneIn(8) ? mutateText(`?embed&theme=dark&view=run&${make(dice)}`, make(dice), dice) : make(dice),
  check,
};
