import type { CounterReading, Decision } from '../engine/decision.ts';
import { formatMessage, type Verdict } from '../engine/message.ts';
import type { Dialect } from '../policy/model.ts';
import { entry } from './entry.ts';
import type { Evaluator } from './evaluator.ts';
import { OUTCOME_OF_CODE } from './run.ts';

/** The call that `evaluator` just decided, in full. `counters` are the limits that were looked at for it, in order. */
export function describeDecision(
  evaluator: Evaluator,
  dialect: Dialect,
  call: number,
  counters: readonly CounterReading[],
): Decision {
  const { input, output, binding } = evaluator;
  const index = entry(output.decider, call - output.from);
  const outcome = OUTCOME_OF_CODE[entry(output.outcome, call - output.from)] ?? 'deny';
  const { rule, pointer } = entry(binding.deciders, index);
  const retryAtMs = evaluator.retryAtMs(call, index);
  const verdict = verdictOf(evaluator, index, counters, retryAtMs);
  if (!verdict) return { outcome, rule, pointer, message: '', retryAtMs: null, counters };
  const { tools, callers } = binding.table;
  const { grant } = entry(callers, entry(input.caller, call));
  const message = formatMessage(dialect, entry(tools, entry(input.tool, call)), grant, verdict);
  return { outcome, rule, pointer, message, retryAtMs, counters };
}

function verdictOf(
  { binding }: Evaluator,
  index: number,
  counters: readonly CounterReading[],
  retryAtMs: number | null,
): Verdict | null {
  const { kind, limit } = entry(binding.deciders, index);
  const source = binding.sources[index];
  if (kind === 'allowed') return null;
  if (kind === 'rule' && source && 'conditions' in source) return { kind, rule: source };
  if (kind === 'approval' && source && 'reason' in source) return { kind, approval: source };
  const reading = counters.at(-1);
  const bound = binding.limits[limit];
  if (bound && reading) {
    return { kind: 'limit', limit: bound.limit, reading, resetsAtMs: retryAtMs ?? reading.windowEndMs };
  }
  return kind === 'rule' || kind === 'limit' || kind === 'approval' ? null : { kind };
}
