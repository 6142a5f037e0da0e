import type { JsonObject } from '../../core/json.ts';
import { member } from '../../tickets/member.ts';
import { formatSpan } from '../../tickets/time.ts';

/** When a ticket was issued and expires, in seconds; `expires` is null without a number, so it never does. */
export interface TicketLife {
  readonly issued: number;
  readonly expires: number | null;
}

/** Reads the life of a ticket from its claims; `atMs`, the time of its call, stands in for a missing `iat`. */
export function lifeOf(claims: JsonObject, atMs: number): TicketLife {
  const issued = member(claims, 'iat');
  const expires = member(claims, 'exp');
  return {
    issued: typeof issued === 'number' ? issued : Math.floor(atMs / 1000),
    expires: typeof expires === 'number' ? expires : null,
  };
}

/** How a ticket stands at a time, in seconds: `80 s left`, `expired`, `not issued yet`, `never expires`. */
export function lifeWords({ issued, expires }: TicketLife, nowSeconds: number): string {
  if (nowSeconds < issued) return 'not issued yet';
  if (expires === null) return 'never expires';
  return nowSeconds >= expires ? 'expired' : `${formatSpan(expires - nowSeconds)} left`;
}
