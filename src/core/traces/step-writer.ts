import type { JsonObject } from '../json.ts';
import { MAX_SPAN_MS } from '../scenario/limits.ts';
import type { CallStep, Duration, Step, UpstreamScript } from '../scenario/model.ts';
import { UPSTREAM_CODE } from '../simulator/columns.ts';

/** A call as it goes into steps; calls are equal when all but the time are. */
export interface WritableCall {
  readonly tool: string;
  readonly argsId: number;
  readonly args: JsonObject;
  readonly upstream: number;
  readonly latencyMs: number;
}

/** Equal calls one after the other, `gapMs` apart. */
interface Burst {
  readonly call: WritableCall;
  readonly startMs: number;
  times: number;
  gapMs: number;
}

const KIND_OF_CODE: Readonly<Record<number, 'tool_error' | 'rpc_error' | 'timeout'>> = {
  [UPSTREAM_CODE.tool_error]: 'tool_error',
  [UPSTREAM_CODE.rpc_error]: 'rpc_error',
  [UPSTREAM_CODE.timeout]: 'timeout',
};

/** A duration as people write it: whole seconds where they are. */
function durationOf(ms: number): Duration {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

function isEqual(a: WritableCall, b: WritableCall): boolean {
  return a.argsId === b.argsId && a.tool === b.tool && a.upstream === b.upstream && a.latencyMs === b.latencyMs;
}

function stepOf({ tool, args, upstream, latencyMs }: WritableCall, times: number, gapMs: number): CallStep {
  const kind = KIND_OF_CODE[upstream];
  const script: UpstreamScript = {
    ...(kind === undefined ? {} : { failures: 1, kind }),
    ...(latencyMs === 0 ? {} : { latency: durationOf(latencyMs) }),
  };
  return {
    call: tool,
    ...(times === 1 ? {} : { times }),
    ...(times === 1 || gapMs === 0 ? {} : { every: durationOf(gapMs) }),
    ...(Object.keys(args).length === 0 ? {} : { args }),
    ...(Object.keys(script).length === 0 ? {} : { upstream: script }),
  };
}

/** Writes one agent's calls, given in order of time, as steps that make them at exactly those times. */
export class StepWriter {
  readonly steps: Step[] = [];
  /** Characters of the steps as JSON. */
  size = 0;
  readonly #endMs: number;
  #clockMs: number;
  #burst: Burst | null = null;

  /** `startMs`: of the scenario. */
  constructor(startMs: number) {
    this.#endMs = startMs + MAX_SPAN_MS;
    this.#clockMs = startMs;
  }

  add(call: WritableCall, atMs: number): void {
    const burst = this.#burst;
    if (burst !== null && isEqual(burst.call, call)) {
      const gapMs = atMs - (burst.startMs + burst.gapMs * (burst.times - 1));
      if (burst.times === 1 || gapMs === burst.gapMs) {
        burst.times++;
        burst.gapMs = gapMs;
        return;
      }
    }
    this.#flush(atMs);
    this.#burst = { call, startMs: atMs, times: 1, gapMs: 0 };
  }

  /** Writes what waits. */
  finish(): void {
    this.#flush(this.#endMs);
    this.#burst = null;
  }

  #flush(nextMs: number): void {
    if (this.#burst === null) return;
    const { call, startMs, times, gapMs } = this.#burst;
    if (startMs > this.#clockMs) this.#write({ wait: durationOf(startMs - this.#clockMs) });
    // why: a step lasts until its next call would come; where another call comes sooner, the last one stands alone.
    const isTooLong = startMs + gapMs * times > nextMs;
    if (isTooLong && times > 2) this.#write(stepOf(call, times - 1, gapMs));
    else if (isTooLong) {
      this.#write(stepOf(call, 1, 0));
      this.#write({ wait: durationOf(gapMs) });
    }
    this.#write(isTooLong ? stepOf(call, 1, 0) : stepOf(call, times, gapMs));
    this.#clockMs = startMs + gapMs * (isTooLong ? times - 1 : times === 1 ? 0 : times);
  }

  #write(step: Step): void {
    this.size += JSON.stringify(step).length + 1;
    this.steps.push(step);
  }
}
