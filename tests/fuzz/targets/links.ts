import { decodeFile, formatFile } from '../../../src/share/file.ts';
import { decodeLink, encodeLink } from '../../../src/share/codec.ts';
import type { OpenedLink } from '../../../src/share/content.ts';
import { deflate } from '../../../src/share/deflate.ts';
import { LINK_PROBLEMS, type LinkProblem } from '../../../src/share/problems.ts';
import { readScenario } from '../../../src/state/read-scenario.ts';
import { type Dice, seedOf } from '../dice.ts';
import { mutateText } from '../mutate-text.ts';
import { mutateValue } from '../mutate-value.ts';
import { FRAGMENTS, LINKS } from '../seeds.ts';
import { must, type Outcome, type Target } from '../target.ts';

async function packed(text: string): Promise<string> {
  return Buffer.from((await deflate(new TextEncoder().encode(text))) ?? []).toString('base64url');
}

/** A fragment that unfolds to changed content, or whose own characters or bytes are changed. */
async function make(dice: Dice): Promise<string> {
  const way = dice.below(6);
  if (way === 0) return mutateText(dice.pick(FRAGMENTS), dice.pick(FRAGMENTS), dice);
  const [one, other] = [dice.pick(LINKS), dice.pick(LINKS)];
  if (way === 1) return `v1.${await packed(mutateText(JSON.stringify(one), JSON.stringify(other), dice))}`;
  const payload = await packed(JSON.stringify(mutateValue(one, other, dice)));
  if (way !== 2) return `${dice.oneIn(2) ? '#' : ''}v1.${payload}`;
  const bytes = Buffer.from(payload, 'base64url');
  for (let left = 1 + dice.below(3); left > 0; left--) bytes[dice.below(bytes.length)] = dice.below(256);
  return `v${dice.pick(['1', '1', '0', '2', '9'.repeat(30)])}.${bytes.toString('base64url')}`;
}

function mustExplain(problem: LinkProblem): Outcome {
  must(Object.hasOwn(LINK_PROBLEMS, problem.code), `unknown code ${problem.code}`);
  must(problem.title !== '' && problem.read !== '', `${problem.code} says nothing`);
  must(problem.read.length < 2000, `${problem.code} says ${problem.read.length} characters`);
  must(problem.raw.length <= 1_100_000, `${problem.code} holds on to ${problem.raw.length} characters`);
  return 'refused';
}

/** What opened must open again, the same, from a link and from a file. */
async function mustOpenAgain({ content }: OpenedLink): Promise<Outcome> {
  const again = await encodeLink(content, readScenario);
  if (!again.ok) return mustExplain(again.problem);
  const opened = await decodeLink(`#${again.fragment}`, readScenario);
  must(opened.kind === 'opened', 'a link of what opened does not open');
  must(JSON.stringify(opened.content) === JSON.stringify(content), 'a link of what opened holds something else');
  return 'accepted';
}

async function check(input: string): Promise<Outcome> {
  const found = await decodeLink(input, readScenario);
  if (found.kind === 'none') return 'refused';
  if (found.kind === 'rejected') {
    const file = decodeFile(found.raw, readScenario);
    return file.kind === 'rejected' ? mustExplain(file) && mustExplain(found) : mustExplain(found);
  }
  const file = decodeFile(formatFile(found.content), readScenario);
  if (file.kind === 'rejected') mustExplain(file);
  // why: packing takes most of the time, so it is done for some.
  return seedOf(input) % 4 === 0 ? mustOpenAgain(found) : 'accepted';
}

/** Fragments of addresses: unpacked, checked, migrated, and packed again when they open. */
export const LINK_TARGET: Target = { name: 'links', make, check };
