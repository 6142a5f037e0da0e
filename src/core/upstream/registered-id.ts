import { stableId } from './stable-id.ts';

const LONGEST_SLUG = 64;

/**
 * Id of the agent that is registered under a name: `Ledger clerk` → `agent-ledger-clerk`, so that a scenario can name it
 * beforehand. Names that are not ASCII, very long, or made of signs alone get twelve hex digits instead.
 */
export function registeredId(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .replace(/^agent-/, '');
  const isPlain = slug !== '' && slug.length <= LONGEST_SLUG && /^[\x20-\x7e]*$/.test(name);
  return `agent-${isPlain ? slug : stableId(name)}`;
}
