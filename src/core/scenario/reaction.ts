import type { Reaction } from '../simulator/columns.ts';
import { durationMs } from './duration.ts';
import type { Agent, RetryReaction } from './model.ts';

function retryOf({ retry }: RetryReaction): Reaction['retry'] {
  return {
    max: retry.max,
    delayMs: durationMs(retry.delay),
    factor: retry.factor ?? 1,
    respectRetryAt: retry.respectRetryAt ?? false,
  };
}

/**
 * What an agent does when refused; null when it carries on whatever it is told. A retry without `factor` keeps its
 * delay, one without `respectRetryAt` takes no notice of the time it is told to wait for.
 */
export function reactionOf(agent: Agent): Reaction | null {
  const onDenied = agent.onDenied ?? 'continue';
  const approvalRetryAfterMs = agent.onApproval === undefined ? null : durationMs(agent.onApproval.retryAfter);
  if (onDenied === 'continue' && approvalRetryAfterMs === null) return null;
  return {
    stopOnDenied: onDenied === 'stop',
    retry: typeof onDenied === 'string' ? null : retryOf(onDenied),
    approvalRetryAfterMs,
  };
}
