import { AUDIT_LEVELS } from '../../catalogue/tools.ts';
import { SCENARIO_WORDS } from '../../published/scenario-words.ts';

/** What can be written as the value of a field. `choices` are texts; `any` is an argument of a tool. */
export type Shape =
  | { readonly kind: 'object'; readonly part: string }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly part?: string }
  | { readonly kind: 'text' | 'duration' | 'instant' | 'number' | 'share' | 'boolean' | 'tool' | 'any' | 'latency' };

const object = (part: string): Shape => ({ kind: 'object', part });
const list = (of: Shape): Shape => ({ kind: 'list', of });
const choice = (...choices: readonly string[]): Shape => ({ kind: 'choice', choices });
const TEXT: Shape = { kind: 'text' };
const DURATION: Shape = { kind: 'duration' };
const INSTANT: Shape = { kind: 'instant' };
const NUMBER: Shape = { kind: 'number' };
const SHARE: Shape = { kind: 'share' };
const BOOLEAN: Shape = { kind: 'boolean' };
const TOOL: Shape = { kind: 'tool' };
const OUTCOME = choice('allow', 'deny', 'approval');

type Fields = Readonly<Record<string, Shape>>;

/** The fields of every kind of object, in the order they are offered. */
const PARTS: Readonly<Record<string, Fields>> = {
  scenario: {
    version: choice('1'),
    name: TEXT,
    start: INSTANT,
    seed: NUMBER,
    world: object('world'),
    agents: list(object('agent')),
    approvals: object('approvals'),
    expect: list(object('assertion')),
  },
  world: { agents: list(object('known')), remove: list({ kind: 'any' }) },
  known: {
    id: { kind: 'any' },
    name: TEXT,
    organization: TEXT,
    auditLevel: choice(...AUDIT_LEVELS),
    trustScore: NUMBER,
    expiresAt: INSTANT,
    killSwitch: BOOLEAN,
    maxOpValue: NUMBER,
    capabilities: list(TEXT),
    allowedServers: list(TEXT),
  },
  agent: {
    name: TEXT,
    grant: TEXT,
    session: TEXT,
    onDenied: { kind: 'choice', choices: ['continue', 'stop'], part: 'reaction' },
    onApproval: object('asking'),
    steps: list(object('step')),
  },
  reaction: { retry: object('retry') },
  retry: { max: NUMBER, delay: DURATION, factor: NUMBER, respectRetryAt: BOOLEAN },
  asking: { retryAfter: DURATION },
  step: { call: TOOL, wait: DURATION, waitUntil: INSTANT, repeat: NUMBER },
  call: {
    call: TOOL,
    times: NUMBER,
    over: DURATION,
    every: DURATION,
    ratePerMinute: NUMBER,
    jitter: SHARE,
    args: object('args'),
    upstream: object('upstream'),
  },
  wait: { wait: DURATION },
  waitUntil: { waitUntil: INSTANT },
  repeat: { repeat: NUMBER, steps: list(object('step')) },
  upstream: {
    failures: SHARE,
    kind: choice('rpc_error', 'tool_error', 'timeout'),
    latency: { kind: 'latency' },
  },
  approvals: { mode: choice('approve', 'deny', 'ignore'), after: DURATION },
  assertion: {
    that: choice('count', 'decision'),
    where: object('where'),
    within: DURATION,
    atMost: NUMBER,
    atLeast: NUMBER,
    exactly: NUMBER,
    call: NUMBER,
    is: OUTCOME,
    rule: TEXT,
  },
  where: { tool: TOOL, grant: TEXT, outcome: OUTCOME, rule: TEXT },
};

/** The kinds of step, told apart by the field that each alone has. */
const STEPS = ['call', 'waitUntil', 'wait', 'repeat'];

/** The fields of an object, given the names it has already; none for arguments, which are the tool's. */
export function fieldsOf(part: string, has: (name: string) => boolean): Fields {
  const kind = part === 'step' ? (STEPS.find(has) ?? 'step') : part;
  return Object.hasOwn(PARTS, kind) ? (PARTS[kind] ?? {}) : {};
}

/**
 * What belongs at a path of a scenario; null where nothing is known to. `has` says whether the object at that depth of
 * the path has a member.
 */
export function shapeAt(
  path: readonly (string | number)[],
  has: (depth: number, name: string) => boolean,
): Shape | null {
  let shape: Shape | null = { kind: 'object', part: 'scenario' };
  for (const [depth, segment] of path.entries()) {
    if (shape === null) return null;
    const part = partOf(shape);
    if (part === 'args') return { kind: 'any' };
    if (typeof segment === 'number') {
      shape = shape.kind === 'list' ? shape.of : shape.kind === 'latency' ? DURATION : null;
    } else if (part === null) shape = null;
    else {
      const fields = fieldsOf(part, (name) => has(depth, name));
      shape = Object.hasOwn(fields, segment) ? (fields[segment] ?? null) : null;
    }
  }
  return shape;
}

/** The kind of object a value is, or may be; null where it is none. */
export function partOf(shape: Shape): string | null {
  if (shape.kind === 'object') return shape.part;
  return shape.kind === 'choice' ? (shape.part ?? null) : null;
}

/** What a field means, in a sentence or two; '' for one that has no words. */
export function wordsFor(path: readonly (string | number)[]): string {
  const names = path.filter((segment) => typeof segment === 'string');
  for (let from = 0; from < names.length; from++) {
    const key = names.slice(from).join('.');
    if (Object.hasOwn(SCENARIO_WORDS, key)) return SCENARIO_WORDS[key] ?? '';
  }
  return '';
}
