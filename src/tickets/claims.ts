import type { JsonObject, JsonValue } from '../core/json.ts';
import { isJsonObject, show } from './member.ts';
import { formatTime } from './time.ts';

/** What a ticket allows its bearer. */
export interface TicketConstraints {
  readonly max_op_value: number;
  readonly allowed_mcp_servers: readonly string[];
  readonly kill_switch_active?: boolean;
  readonly max_ops_per_hour?: number;
  readonly geo_restrictions?: readonly string[];
  readonly requires_x402_payment: boolean;
}

/** Claims of a ticket (docs: policy.md#tickets). Times in seconds since the epoch. */
export interface TicketClaims {
  readonly iss: string;
  readonly sub: string;
  readonly iat: number;
  readonly exp: number;
  readonly audit_level: 'Bronze' | 'Silver' | 'Gold' | 'Platinum';
  readonly constraints: TicketConstraints;
  readonly metadata?: JsonObject;
}

/** One line of the claims table: `depth` 1 stands inside the object claim above it. */
export interface ClaimRow {
  readonly name: string;
  readonly depth: 0 | 1;
  readonly values: readonly string[];
  readonly meaning: string;
}

type Meaning = string | ((value: JsonValue) => string);

function timeMeaning(verb: string): (value: JsonValue) => string {
  return (value) => {
    if (typeof value !== 'number') return `${verb}, but this is no number of seconds`;
    const year = new Date(value * 1000).getUTCFullYear();
    if (Number.isNaN(year)) return `${verb}, but no date is that far away`;
    return year > 9999 ? `${verb} in the year ${year}: probably milliseconds` : `${verb} ${formatTime(value)}`;
  };
}

const CLAIMS: Readonly<Record<string, Meaning>> = {
  iss: 'Issuer',
  sub: 'Agent that may use it',
  aud: 'Who it is meant for',
  iat: timeMeaning('Issued'),
  exp: timeMeaning('Expires'),
  nbf: timeMeaning('Not valid before'),
  jti: 'Name of this token',
  audit_level: 'Level of the agent',
  constraints: '',
  metadata: 'Whatever the issuer added',
};

const CONSTRAINTS: Readonly<Record<string, Meaning>> = {
  max_op_value: 'Most one operation may move',
  allowed_mcp_servers: 'Servers that accept it',
  kill_switch_active: (value) => (value ? 'Agent is stopped' : 'Agent is not stopped'),
  max_ops_per_hour: 'Declared, enforced nowhere',
  geo_restrictions: 'Regions, not part of any check',
  requires_x402_payment: (value) => (value ? 'Needs payment proof' : 'Needs no payment proof'),
};

function rowOf(table: Readonly<Record<string, Meaning>>, name: string, value: JsonValue, depth: 0 | 1): ClaimRow {
  const meaning = Object.hasOwn(table, name) ? table[name] : 'Not a claim of Agntor tickets';
  const fields = isJsonObject(value) ? Object.keys(value).length : 0;
  const list = Array.isArray(value) ? (value as readonly JsonValue[]).map(show) : [show(value)];
  return {
    name,
    depth,
    values: isJsonObject(value) ? [`${fields} ${fields === 1 ? 'field' : 'fields'}`] : list.length ? list : ['none'],
    meaning: typeof meaning === 'function' ? meaning(value) : (meaning ?? ''),
  };
}

/** Rows shown; a token of 64 KiB could hold thousands of claims. */
const MOST_ROWS = 200;

/**
 * The claims in words, in the token's order, with the fields of `constraints` below it. `more` counts rows left out
 * beyond 200. Any payload; never throws.
 */
export function describeClaims(payload: JsonObject): { readonly rows: readonly ClaimRow[]; readonly more: number } {
  const rows: ClaimRow[] = [];
  for (const [name, value] of Object.entries(payload)) {
    rows.push(rowOf(CLAIMS, name, value, 0));
    if (name !== 'constraints' || !isJsonObject(value)) continue;
    for (const [field, content] of Object.entries(value)) rows.push(rowOf(CONSTRAINTS, field, content, 1));
  }
  return { rows: rows.slice(0, MOST_ROWS), more: Math.max(0, rows.length - MOST_ROWS) };
}
