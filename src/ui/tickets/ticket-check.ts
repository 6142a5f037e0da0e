import type { TicketErrorCode } from '../../tickets/failures.ts';

/** A transaction checked with a ticket on this page, at a virtual moment; `errorCode` is null when it was allowed. */
export interface TicketCheck {
  readonly atMs: number;
  readonly errorCode: TicketErrorCode | null;
}
