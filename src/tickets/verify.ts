import type { JsonObject, JsonValue } from '../core/json.ts';
import { checkIssuer, checkKillSwitch, checkTimes } from './claim-checks.ts';
import type { TicketFailure } from './failures.ts';
import { readIssuerToken } from './issuer-token.ts';
import { member } from './member.ts';
import { checkSignature, type TicketKey } from './signature.ts';
import { checkTransaction, type Transaction } from './transaction.ts';

/** Everything a verdict depends on. `algorithm` is the only one accepted; the clock is an input, in seconds. */
export interface TicketQuestion {
  readonly token: string;
  readonly key: TicketKey;
  readonly algorithm: string;
  /** Empty accepts any issuer. */
  readonly issuer: string;
  readonly nowSeconds: number;
  readonly transaction?: Transaction;
}

/** The verdict. `valid: false` carries the issuer's `errorCode` and, beyond it, the exact cause with a sentence. */
export type Verification =
  { readonly valid: true; readonly payload: JsonObject } | ({ readonly valid: false } & TicketFailure);

function refuse(failure: TicketFailure): Verification {
  return { valid: false, ...failure };
}

/**
 * Decides on a token as Agntor's issuer does (docs: policy.md#tickets): form, signature and algorithm,
 * `nbf`, `exp`, issuer, kill switch, then the transaction if one is given. Times are compared in whole seconds.
 * Never throws on any text; rejects only where the browser offers no WebCrypto (pages that are not secure contexts).
 */
export async function verifyTicket(question: TicketQuestion): Promise<Verification> {
  const token = readIssuerToken(question.token);
  if (token.kind === 'refused') return refuse(token.failure);
  const { payload } = token;
  const failure =
    (await checkSignature(token, question.key, question.algorithm)) ??
    checkTimes(payload, Math.floor(question.nowSeconds)) ??
    checkIssuer(payload, question.issuer) ??
    checkKillSwitch(payload) ??
    checkAgainst(payload, question.transaction);
  return failure === null ? { valid: true, payload: payload as JsonObject } : refuse(failure);
}

function checkAgainst(payload: JsonValue, transaction: Transaction | undefined): TicketFailure | null {
  const constraints = member(payload, 'constraints');
  if (transaction === undefined || constraints === undefined) return null;
  return checkTransaction(constraints, transaction);
}
