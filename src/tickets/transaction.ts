import type { JsonValue } from '../core/json.ts';
import { ticketFailure, type TicketFailure } from './failures.ts';
import { member, show } from './member.ts';

/** What an agent wants to do with a ticket. `value` is in the unit of `max_op_value`. */
export interface Transaction {
  readonly value: number;
  readonly mcpServer?: string;
  readonly protocol?: string;
  readonly txHash?: string;
}

/** `limit` as a comparison with a number takes it: null is 0, text is read as a number, absent never compares. */
function comparable(limit: JsonValue | undefined): number | null {
  try {
    return Number(limit);
  } catch {
    return null;
  }
}

/** The value against `max_op_value`: a missing limit is no limit. Null when it passes. */
export function checkValue(constraints: JsonValue, value: number): TicketFailure | null {
  const limit = member(constraints, 'max_op_value');
  const most = comparable(limit);
  if (most === null) return ticketFailure('value-not-comparable', 'max_op_value cannot be compared with a number');
  return value > most ? ticketFailure('over-value', `${value} is more than max_op_value ${show(limit)}`) : null;
}

/** The named server against `allowed_mcp_servers`: no name, or an empty one, is not checked. Null when it passes. */
export function checkServer(constraints: JsonValue, server: string | undefined): TicketFailure | null {
  if (!server) return null;
  const list = member(constraints, 'allowed_mcp_servers');
  // why: the issuer asks `list.includes(server)`, which text answers too, by any part of it.
  if (!Array.isArray(list) && typeof list !== 'string') {
    return ticketFailure('no-server-list', 'The ticket has no list allowed_mcp_servers to look in');
  }
  return list.includes(server) ? null : ticketFailure('server-not-listed', `${server} is not in allowed_mcp_servers`);
}

/** The payment proof, when the ticket asks for one. Null when it passes. */
export function checkPayment(constraints: JsonValue, transaction: Transaction): TicketFailure | null {
  if (!member(constraints, 'requires_x402_payment')) return null;
  if (transaction.protocol !== 'x402') {
    return ticketFailure('protocol-not-x402', 'requires_x402_payment is set and the protocol is not x402');
  }
  return transaction.txHash
    ? null
    : ticketFailure('no-transaction-hash', 'requires_x402_payment is set and there is no transaction hash');
}

/**
 * A transaction against the constraints of a ticket that is valid by itself, in the issuer's order: value, MCP server,
 * payment. Null when all pass, else the first refusal. Never throws.
 */
export function checkTransaction(constraints: JsonValue, transaction: Transaction): TicketFailure | null {
  return (
    checkValue(constraints, transaction.value) ??
    checkServer(constraints, transaction.mcpServer) ??
    checkPayment(constraints, transaction)
  );
}
