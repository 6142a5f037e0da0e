import type { JsonObject } from '../core/json.ts';
import { checkIssuer, checkKillSwitch, checkTimes } from './claim-checks.ts';
import type { TicketFailure } from './failures.ts';
import { member, show } from './member.ts';
import { formatSpan } from './time.ts';
import { checkPayment, checkServer, checkValue, type Transaction } from './transaction.ts';
import type { Verification } from './verify.ts';

/** One line of a list of checks, in words without a full stop. */
export interface CheckLine {
  readonly name: string;
  readonly passed: boolean;
  readonly words: string;
}

function line(name: string, failure: TicketFailure | null, words: string): CheckLine {
  return { name, passed: failure === null, words: failure?.reason ?? words };
}

function expiryWords(payload: JsonObject, nowSeconds: number): string {
  const expires = member(payload, 'exp');
  return typeof expires === 'number' ? `${formatSpan(expires - nowSeconds)} left` : 'No exp, never expires';
}

function signatureLine(verification: Verification): CheckLine {
  const early = !verification.valid && (verification.stage === 'token' || verification.stage === 'signature');
  return line('Signature', early ? verification : null, 'Matches this key');
}

/**
 * Signature, issuer, expiry and kill switch, each looked at by itself, so that the page says more than the first refusal.
 * `verification` is the verdict on the same token, issuer and time; claims are shown even when the signature differs.
 */
export function listChecks(
  payload: JsonObject,
  verification: Verification,
  issuer: string,
  nowSeconds: number,
): readonly CheckLine[] {
  const now = Math.floor(nowSeconds);
  const found = show(member(payload, 'iss'));
  return [
    signatureLine(verification),
    line('Issuer', checkIssuer(payload, issuer), issuer === '' ? `${found}, any accepted` : `${found}, as expected`),
    line('Expiry', checkTimes(payload, now), expiryWords(payload, now)),
    line('Kill switch', checkKillSwitch(payload), 'Off'),
  ];
}

/** MCP server, value and payment of a transaction, each looked at by itself. Constraints of any shape. */
export function listTransactionChecks(payload: JsonObject, transaction: Transaction): readonly CheckLine[] {
  const constraints = member(payload, 'constraints') ?? null;
  const limit = member(constraints, 'max_op_value');
  const proof = member(constraints, 'requires_x402_payment')
    ? 'x402 with a transaction hash'
    : 'No payment proof needed';
  const value =
    limit === undefined ? 'No max_op_value, no limit' : `${transaction.value} is within max_op_value ${show(limit)}`;
  return [
    line('Value', checkValue(constraints, transaction.value), value),
    line(
      'MCP server',
      checkServer(constraints, transaction.mcpServer),
      transaction.mcpServer ? 'In allowed_mcp_servers' : 'None named, not checked',
    ),
    line('Payment', checkPayment(constraints, transaction), proof),
  ];
}
