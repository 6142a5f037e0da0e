/** What Agntor's issuer answers for a ticket it refuses. */
export type TicketErrorCode =
  'EXPIRED' | 'INVALID_SIGNATURE' | 'INVALID_FORMAT' | 'KILL_SWITCH' | 'CONSTRAINT_VIOLATION';

/** What was looked at when the ticket was refused, in the order the issuer looks. */
export type TicketStage = 'token' | 'signature' | 'time' | 'issuer' | 'kill-switch' | 'transaction';

const INVALID = 'INVALID_SIGNATURE';

/** Every cause of a refusal, finer than the issuer's five codes: its code and the stage it belongs to. */
export const TICKET_CAUSES = {
  'no-token': [INVALID, 'token'],
  'not-three-parts': [INVALID, 'token'],
  'unreadable-token': [INVALID, 'token'],
  'payload-not-json': ['INVALID_FORMAT', 'token'],
  'no-signature': [INVALID, 'signature'],
  'no-key': [INVALID, 'signature'],
  'no-algorithm': [INVALID, 'signature'],
  unsigned: [INVALID, 'signature'],
  'other-algorithm': [INVALID, 'signature'],
  'unknown-algorithm': [INVALID, 'signature'],
  'wrong-kind-of-key': [INVALID, 'signature'],
  'unusable-key': [INVALID, 'signature'],
  'key-not-rsa': ['INVALID_FORMAT', 'signature'],
  'signature-differs': [INVALID, 'signature'],
  'payload-null': ['INVALID_FORMAT', 'time'],
  'nbf-not-a-number': [INVALID, 'time'],
  'not-yet-valid': [INVALID, 'time'],
  'exp-not-a-number': [INVALID, 'time'],
  expired: ['EXPIRED', 'time'],
  'other-issuer': [INVALID, 'issuer'],
  'no-constraints': ['INVALID_FORMAT', 'kill-switch'],
  'kill-switch': ['KILL_SWITCH', 'kill-switch'],
  'over-value': ['CONSTRAINT_VIOLATION', 'transaction'],
  'value-not-comparable': ['INVALID_FORMAT', 'transaction'],
  'no-server-list': ['INVALID_FORMAT', 'transaction'],
  'server-not-listed': ['CONSTRAINT_VIOLATION', 'transaction'],
  'protocol-not-x402': ['CONSTRAINT_VIOLATION', 'transaction'],
  'no-transaction-hash': ['CONSTRAINT_VIOLATION', 'transaction'],
} as const satisfies Record<string, readonly [TicketErrorCode, TicketStage]>;

/** Why exactly a ticket was refused. */
export type TicketCause = keyof typeof TICKET_CAUSES;

/** A refusal: the issuer's code, the exact cause, where it arose, and one sentence for people without a full stop. */
export interface TicketFailure {
  readonly errorCode: TicketErrorCode;
  readonly cause: TicketCause;
  readonly stage: TicketStage;
  readonly reason: string;
}

/** Builds the refusal for `cause`; code and stage come from the table. */
export function ticketFailure(cause: TicketCause, reason: string): TicketFailure {
  const [errorCode, stage] = TICKET_CAUSES[cause];
  return { errorCode, cause, stage, reason };
}
