import { completionsAt } from '../src/core/policy/assist/completions-at.ts';
import { hoverAt } from '../src/core/policy/assist/hover-at.ts';
import { recognizeDialect } from '../src/core/policy/parse.ts';
import type { AssistAnswer, AssistRequest } from './engine-api.ts';
import { nextTask } from './slices.ts';

/** The newest request of each kind; an older one that has not begun is not answered any more. */
const newest = new Map<AssistRequest['kind'], AssistRequest>();

/** Answers what is asked while a policy is written; of requests of one kind that wait together only the newest counts. */
export async function answerAssist(request: AssistRequest): Promise<AssistAnswer> {
  newest.set(request.kind, request);
  await nextTask();
  if (newest.get(request.kind) !== request) return { kind: 'gone' };
  const { source, offset } = request;
  const { text } = source;
  const dialect = source.dialect === 'auto' ? recognizeDialect(text) : source.dialect;
  if (request.kind === 'complete') return { kind: 'completions', completions: completionsAt(text, offset, dialect) };
  if (request.kind === 'hover') return { kind: 'hover', hover: hoverAt(text, offset, dialect) };
  const { formatPolicy } = await import('../src/core/policy/format-policy.ts');
  return formatPolicy(text, dialect);
}
