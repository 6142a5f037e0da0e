import type { JsonValue } from '../core/json.ts';
import { ticketFailure, type TicketFailure } from './failures.ts';
import { member, show } from './member.ts';
import { formatTime } from './time.ts';

function timeWords(seconds: number): string {
  return formatTime(seconds) ?? String(seconds);
}

/**
 * `nbf`, then `exp`, against `nowSeconds` (whole seconds). Absent claims pass; `exp` equal to now has expired. Null when
 * both pass. A payload of null is refused here, as the issuer does.
 */
export function checkTimes(payload: JsonValue, nowSeconds: number): TicketFailure | null {
  if (payload === null) return ticketFailure('payload-null', 'The payload is null, not a JSON object');
  const notBefore = member(payload, 'nbf');
  if (notBefore !== undefined) {
    if (typeof notBefore !== 'number') return ticketFailure('nbf-not-a-number', `nbf is ${show(notBefore)}, no number`);
    if (notBefore > nowSeconds) return ticketFailure('not-yet-valid', `Not valid before ${timeWords(notBefore)}`);
  }
  const expires = member(payload, 'exp');
  if (expires === undefined) return null;
  if (typeof expires !== 'number') return ticketFailure('exp-not-a-number', `exp is ${show(expires)}, no number`);
  return nowSeconds >= expires ? ticketFailure('expired', `Expired ${timeWords(expires)}`) : null;
}

/** `iss` against the issuer expected, letter by letter; an empty `issuer` accepts any. Null when it passes. */
export function checkIssuer(payload: JsonValue, issuer: string): TicketFailure | null {
  const found = member(payload, 'iss');
  if (issuer === '' || found === issuer) return null;
  return ticketFailure('other-issuer', `iss is ${show(found)}, expected ${issuer}`);
}

/** `constraints.kill_switch_active` by truthiness; missing or null constraints are refused. Null when it is off. */
export function checkKillSwitch(payload: JsonValue): TicketFailure | null {
  const constraints = member(payload, 'constraints');
  if (constraints === undefined || constraints === null) {
    return ticketFailure('no-constraints', 'The payload is not a JSON object with constraints');
  }
  const active = member(constraints, 'kill_switch_active');
  return active ? ticketFailure('kill-switch', `kill_switch_active is ${show(active)}`) : null;
}
