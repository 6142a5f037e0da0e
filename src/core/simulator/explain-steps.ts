import type { CounterReading, Decision, UpstreamStatus } from '../engine/decision.ts';
import type { Policy } from '../policy/model.ts';
import { counted, grouped } from '../policy/wording.ts';
import type { LookedRule } from './explain-rules.ts';
import type { DecisionStep, RuleReading } from './explanation.ts';
import type { ToolSteps } from './replay.ts';
import type { Decider } from './run.ts';

/** What the steps of one decision are told from. */
export interface StepFacts {
  readonly policy: Policy;
  readonly tool: string;
  readonly steps: ToolSteps;
  readonly decider: Decider;
  readonly decision: Decision;
  /** Rules looked at, the deciding one last. */
  readonly looked: readonly LookedRule[];
  readonly status: UpstreamStatus | null;
}

type Step = Omit<DecisionStep, 'name'>;
type Name = DecisionStep['name'];

/** The steps that every call passes in this order, until one decides. */
const ORDER: readonly Name[] = ['policy', 'hide', 'default', 'require', 'deny_if', 'limits', 'approval', 'forward'];

/**
 * The order of decision as one call went through it (docs: policy.md#order-of-a-decision). `policy` is listed only when
 * it decided, `approval` only for tools that ask for one.
 */
export function explainSteps(facts: StepFacts): readonly DecisionStep[] {
  const deciding = ORDER.indexOf(decidingStep(facts));
  return ORDER.filter((name) => isListed(name, facts)).map((name): DecisionStep => {
    const place = ORDER.indexOf(name);
    if (place > deciding) return { name, ...notReached(name) };
    const state = place === deciding ? 'decided' : 'passed';
    return { name, ...describe(name, state === 'decided', facts), state };
  });
}

function decidingStep({ decider, looked }: StepFacts): Name {
  switch (decider.kind) {
    case 'allowed':
      return 'forward';
    case 'no-policy':
      return 'policy';
    case 'hidden':
      return 'hide';
    case 'default':
      return 'default';
    case 'rule':
      return looked.at(-1)?.source.kind ?? 'require';
    case 'limit':
      return 'limits';
    case 'approval':
    case 'refused-approval':
      return 'approval';
  }
}

function isListed(name: Name, { decider, steps }: StepFacts): boolean {
  if (name === 'policy') return decider.kind === 'no-policy';
  return name !== 'approval' || steps.approval !== null;
}

function notReached(name: Name): Step {
  const words = name === 'forward' ? 'Not reached, nothing taken' : 'Not reached';
  return { state: 'not-reached', words, pointer: '', rules: [] };
}

function describe(name: Name, decided: boolean, facts: StepFacts): Omit<Step, 'state'> {
  const pointer = decided ? facts.decider.pointer : '';
  const rules = facts.looked.filter(({ source }) => source.kind === name).map(withoutSource);
  return { words: wordsOf(name, decided, facts), pointer, rules };
}

function withoutSource({ rule, pointer, conditions, holds }: LookedRule): RuleReading {
  return { rule, pointer, conditions, holds };
}

function wordsOf(name: Name, decided: boolean, facts: StepFacts): string {
  switch (name) {
    case 'policy':
      return 'The grant has no policy';
    case 'hide':
      return decided ? hiddenWords(facts) : 'Not hidden';
    case 'default':
      return defaultWords(decided, facts);
    case 'require':
    case 'deny_if':
      return ruleWords(name, decided, facts);
    case 'limits':
      return limitWords(decided, facts.decision.counters);
    case 'approval':
      return approvalWords(decided, facts.decider);
    case 'forward':
      return forwardWords(facts.status);
  }
}

function hiddenWords({ policy, decider }: StepFacts): string {
  const entry = policy.hide.find(({ pointer }) => pointer === decider.pointer);
  return entry?.name === '*' ? 'Every tool is hidden' : 'Listed in hide';
}

function defaultWords(decided: boolean, { policy, tool }: StepFacts): string {
  if (decided) return 'Not listed in tools, and default is deny';
  return policy.tools.has(tool)
    ? 'Listed in tools, so default does not apply'
    : 'Not listed in tools, and default is allow';
}

function ruleWords(kind: 'require' | 'deny_if', decided: boolean, { looked }: StepFacts): string {
  const rules = looked.filter(({ source }) => source.kind === kind);
  const count = rules.length;
  if (count === 0) return 'No rules';
  if (!decided) return kind === 'require' ? passedRequire(count) : passedDenyIf(count);
  const place = count === 1 ? 'The rule' : `Rule ${count}`;
  if (kind === 'require') return `${place} does not hold`;
  return rules.at(-1)?.conditions.length === 0 ? 'Denies every call' : `${place} holds, so the call is denied`;
}

function passedRequire(count: number): string {
  return count === 1 ? 'The rule holds' : `All ${count} rules hold`;
}

function passedDenyIf(count: number): string {
  return count === 1 ? 'The rule does not hold' : `None of ${count} rules holds`;
}

/** Of limits that all fit, a single one is spelt out; the one that does not fit always is. */
function limitWords(decided: boolean, counters: readonly CounterReading[]): string {
  const last = counters.at(-1);
  if (last === undefined) return 'No limits';
  if (!decided && counters.length > 1) return `All ${counted(counters.length, 'limit')} fit`;
  if (last.amount === null) return decided ? 'No amount that can be counted' : 'Nothing to count';
  const relation = last.fits ? 'is within' : 'is more than';
  return `${grouped(last.usedBefore)} used + ${grouped(last.amount)} ${relation} ${grouped(last.max)}`;
}

function approvalWords(decided: boolean, { kind }: Decider): string {
  if (!decided) return 'Approved by a person, for this call';
  return kind === 'approval' ? 'A person has to approve it first' : 'A person refused it';
}

function forwardWords(status: UpstreamStatus | null): string {
  switch (status) {
    case 'tool_error':
      return 'Forwarded; the server answered with an error result';
    case 'rpc_error':
      return 'Forwarded; the server answered with a JSON-RPC error';
    case 'timeout':
      return 'Forwarded; no answer came';
    default:
      return 'Forwarded; the server answered';
  }
}
