import type { CallStep, UpstreamScript } from '../../core/scenario/model.ts';

export type PaceKind = 'once' | 'over' | 'every' | 'ratePerMinute';

/** The ways calls of a step can be spread, in the order of the menu; `preset` is what a change starts from. */
export const PACES: readonly { readonly kind: PaceKind; readonly label: string; readonly preset: string }[] = [
  { kind: 'once', label: 'all at once', preset: '' },
  { kind: 'over', label: 'spread over', preset: '4s' },
  { kind: 'every', label: 'one every', preset: '100ms' },
  { kind: 'ratePerMinute', label: 'calls a minute', preset: '60' },
];

/** How a step spreads its calls, and the value as text. */
export function paceText(step: CallStep): { readonly kind: PaceKind; readonly value: string } {
  if (step.over !== undefined) return { kind: 'over', value: step.over };
  if (step.every !== undefined) return { kind: 'every', value: step.every };
  if (step.ratePerMinute !== undefined) return { kind: 'ratePerMinute', value: String(step.ratePerMinute) };
  return { kind: 'once', value: '' };
}

/** The step with another pace; what was typed is kept even where it is no duration. */
export function withPace(step: CallStep, kind: PaceKind, value?: string): CallStep {
  const { over: _over, every: _every, ratePerMinute: _rate, ...rest } = step;
  const text = value ?? PACES.find((pace) => pace.kind === kind)?.preset ?? '';
  switch (kind) {
    case 'once':
      return rest;
    case 'over':
      return { ...rest, over: text };
    case 'every':
      return { ...rest, every: text };
    case 'ratePerMinute':
      return { ...rest, ratePerMinute: readNumber(text) ?? 0 };
  }
}

/** The step with its jitter in percent as typed; nothing, or no number, is no jitter. */
export function withJitter(step: CallStep, text: string): CallStep {
  const { jitter: _jitter, ...rest } = step;
  const percent = readNumber(text);
  return percent === null ? rest : { ...rest, jitter: percent / 100 };
}

/** The number a field holds; null when it holds none. */
export function readNumber(text: string): number | null {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
}

/** The latency of a step as one text: `20ms`, `20ms to 200ms`, or nothing. */
export function latencyText(step: CallStep): string {
  const latency = step.upstream?.latency;
  if (latency === undefined) return '';
  return typeof latency === 'string' ? latency : latency.join(' to ');
}

function readLatency(text: string): UpstreamScript['latency'] {
  const [low, high, ...more] = text.split(/\s*(?:\bto\b|–|,)\s*/);
  return low !== undefined && high !== undefined && high !== '' && more.length === 0 ? [low, high] : text.trim();
}

/** The step with parts of its upstream script changed; a script that says nothing is left out. */
export function withUpstream(
  step: CallStep,
  change: {
    readonly failures?: number;
    readonly kind?: NonNullable<UpstreamScript['kind']>;
    readonly latency?: string;
  },
): CallStep {
  const { upstream, ...rest } = step;
  const failures = change.failures ?? upstream?.failures ?? 0;
  const kind = change.kind ?? upstream?.kind;
  const latency = change.latency === undefined ? upstream?.latency : readLatency(change.latency);
  const script: UpstreamScript = {
    ...(failures === 0 ? {} : { failures }),
    ...(failures === 0 || kind === undefined ? {} : { kind }),
    ...(latency === undefined || latency === '' ? {} : { latency }),
  };
  return Object.keys(script).length === 0 ? rest : { ...rest, upstream: script };
}
