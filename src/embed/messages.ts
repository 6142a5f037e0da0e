import * as z from 'zod/mini';
import type { RunSummary } from '../../workers/engine-api.ts';

/** What a frame says to its parent once it can be talked to. */
export const READY = { source: 'policy-playground', type: 'ready', v: 1 } as const;

const connectSchema = z.strictObject({
  source: z.literal('policy-playground-host'),
  type: z.literal('connect'),
  v: z.literal(1),
});

const toFrameSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('set-theme'), theme: z.enum(['auto', 'light', 'dark']) }),
  z.strictObject({ type: z.literal('load'), link: z.record(z.string(), z.unknown()) }),
  z.strictObject({ type: z.literal('run') }),
]);

/** What a host may say over the port. `link` is the object inside a link, not yet checked. */
export type ToFrame = z.infer<typeof toFrameSchema>;

/** What a frame says over the port. `height`: of its content, in CSS pixels. Calls of hidden tools count as denied. */
export type FromFrame =
  | { readonly type: 'height'; readonly height: number }
  | {
      readonly type: 'run';
      readonly calls: number;
      readonly allowed: number;
      readonly denied: number;
      readonly approvals: number;
      readonly digest: string;
    };

/** The port of a well-formed `connect`; null for anything else. */
export function portOf(data: unknown, ports: readonly MessagePort[]): MessagePort | null {
  return connectSchema.safeParse(data).success && ports.length === 1 ? (ports[0] ?? null) : null;
}

/** A message of the host, or null when it is none of those known. Never throws. */
export function readToFrame(data: unknown): ToFrame | null {
  const parsed = toFrameSchema.safeParse(data);
  return parsed.success ? parsed.data : null;
}

/** A finished run as the host is told of it. */
export function runMessage({ calls, allowed, denied, hidden, approvals, digest }: RunSummary): FromFrame {
  return { type: 'run', calls, allowed, denied: denied + hidden, approvals, digest };
}
