import type { AnalysisAnswer, AnalysisRequest } from '../../../workers/engine-api.ts';
import type { Playground } from '../../state/playground.svelte.ts';

/** Pause in typing after which a policy is looked at again. */
const DELAY_MS = 150;

type Kind = AnalysisRequest['kind'] & AnalysisAnswer['kind'];
type ValueOf<K extends Kind> = Extract<AnalysisAnswer, { kind: K }>;

/** What to ask, and everything the answer depends on: compared by identity. */
export interface Question {
  readonly request: AnalysisRequest;
  readonly on: readonly unknown[];
}

function isOf<K extends Kind>(answer: AnalysisAnswer, kind: K): answer is ValueOf<K> {
  return answer.kind === kind;
}

/**
 * One question to the worker that follows what it is about. `value` stays on screen while a newer one is worked out;
 * `stale` says so at once. No `$derived`: it outlives the panel that first asks for it.
 */
export class Inquiry<K extends Kind> {
  readonly #client: Playground['client'];
  readonly #kind: K;
  #asked: readonly unknown[] | null = null;
  #answered = $state.raw<readonly unknown[] | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  value = $state.raw<ValueOf<K> | null>(null);
  busy = $state(false);
  /** Why there is no answer, in words; null when there is, or nobody asked. */
  trouble = $state<string | null>(null);

  constructor(client: Playground['client'], kind: K) {
    this.#client = client;
    this.#kind = kind;
  }

  /** True when the answer on screen belongs to something else than `question`. */
  isStale(question: Question | null): boolean {
    return this.value !== null && !isSame(question?.on ?? null, this.#answered);
  }

  /** Asks unless that very question was asked last; soon, when an older answer is on screen. */
  follow(question: Question | null): void {
    if (question === null || isSame(question.on, this.#asked)) return;
    clearTimeout(this.#timer);
    if (this.#asked === null) void this.ask(question);
    else this.#timer = setTimeout(() => void this.ask(question), DELAY_MS);
  }

  /** Asks now; the newest question wins. */
  async ask({ request, on }: Question): Promise<void> {
    clearTimeout(this.#timer);
    this.#asked = on;
    this.busy = true;
    const reply = await this.#client.analyse(request);
    if (this.#asked !== on) return;
    this.busy = false;
    const answer = reply.kind === 'ok' ? reply.value : null;
    if (answer !== null && isOf(answer, this.#kind)) {
      this.trouble = null;
      this.value = answer;
      this.#answered = on;
      return;
    }
    this.trouble = answer === null ? RESTARTED : troubleOf(answer);
    // why: what the worker did not get to can be asked again.
    if (answer === null || answer.kind === 'gone') this.#asked = null;
  }

  /** Leaves the question that is being worked out. */
  stop(of: 'limit' | 'windows'): void {
    this.#asked = null;
    this.busy = false;
    void this.#client.analyse({ kind: 'stop', of });
  }
}

const RESTARTED = 'The simulator stopped and was restarted. Your work is kept.';

function isSame(a: readonly unknown[] | null, b: readonly unknown[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

function troubleOf(answer: AnalysisAnswer): string {
  switch (answer.kind) {
    case 'policy-invalid':
      return 'The policy has errors. Correct them, and this is worked out.';
    case 'scenario-invalid':
      return 'The scenario has errors. Correct them, and this is worked out.';
    case 'too-many': {
      const [calls, most] = [answer.calls, answer.most].map((count) => count.toLocaleString('en-US'));
      return `Skipped: ${calls ?? ''} calls are more than the ${most ?? ''} that are tried again and again here.`;
    }
    case 'failed':
      return `This could not be worked out. The simulator says: ${answer.message}`;
    default:
      return 'The run is not held any more. Press Run.';
  }
}
