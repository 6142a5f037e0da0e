import { stableId } from './stable-id.ts';

const LONGEST_SLUG = 64;

/** Letters and digits in lower case, each run of other signs one dash, none at the ends; null when not all is ASCII. */
function slugOf(name: string): string | null {
  let slug = '';
  let isOpen = false;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code < 0x20 || code > 0x7e) return null;
    const lower = code >= 65 && code <= 90 ? code + 32 : code;
    const isPart = (lower >= 97 && lower <= 122) || (lower >= 48 && lower <= 57);
    if (isPart) slug += (isOpen && slug !== '' ? '-' : '') + String.fromCharCode(lower);
    isOpen = !isPart;
  }
  return slug;
}

/**
 * Id of the agent that is registered under a name: `Ledger clerk` → `agent-ledger-clerk`, so that a scenario can name it
 * beforehand. Names that are not ASCII, very long, or made of signs alone get twelve hex digits instead.
 */
export function registeredId(name: string): string {
  const slug = name.length > LONGEST_SLUG ? null : slugOf(name);
  if (slug === null || slug === '') return `agent-${stableId(name)}`;
  return slug.startsWith('agent-') ? slug : `agent-${slug}`;
}
