import type { TicketAnswer, TicketRequest } from '../../../workers/engine-api.ts';

/** Asks the worker about the tickets of one run; null when the run is gone. A new one means a new run. */
export type TicketAsker = (request: TicketRequest) => Promise<TicketAnswer | null>;
