import type { EngineApi, Progress, RunInput } from '../../workers/engine-api.ts';
import type { JsonValue } from '../../src/core/json.ts';
import type { Scenario } from '../../src/core/scenario/model.ts';

/** The type with everything a worker boundary drops, above all functions, turned into `never`. */
type Plain<T> = T extends ArrayBufferView | Blob | JsonValue | bigint | undefined
  ? T
  : T extends ((...args: never[]) => unknown) | PromiseLike<unknown> | symbol
    ? never
    : { readonly [Key in keyof T]: Plain<T[Key]> };

type Crosses<T> = [T] extends [Plain<T>] ? true : false;
type AnswerOf<Name extends keyof EngineApi> = Awaited<ReturnType<EngineApi[Name]>>;
type IsPromise<T> = T extends Promise<unknown> ? true : false;

/** Every question of the contract is answered later, with data that can be cloned. */
export const answersCross: { [Name in keyof EngineApi]: Crosses<AnswerOf<Name>> } = {
  ping: true,
  check: true,
  checkScenario: true,
  run: true,
  cancel: true,
  log: true,
  explain: true,
  timeline: true,
  tickets: true,
  ticketWork: true,
  world: true,
  find: true,
  locate: true,
  assist: true,
  coverage: true,
  assertions: true,
  builder: true,
  analyse: true,
  k6: true,
  convert: true,
  attacks: true,
  compare: true,
  suggest: true,
  trace: true,
  transcript: true,
  entries: true,
};
export const answersAreLater: { [Name in keyof EngineApi]: IsPromise<ReturnType<EngineApi[Name]>> } = {
  ping: true,
  check: true,
  checkScenario: true,
  run: true,
  cancel: true,
  log: true,
  explain: true,
  timeline: true,
  tickets: true,
  ticketWork: true,
  world: true,
  find: true,
  locate: true,
  assist: true,
  coverage: true,
  assertions: true,
  builder: true,
  analyse: true,
  k6: true,
  convert: true,
  attacks: true,
  compare: true,
  suggest: true,
  trace: true,
  transcript: true,
  entries: true,
};

/** What is asked crosses too; the one function among the parameters is proxied. */
export const questionsCross: { run: Crosses<RunInput>; progress: Crosses<Progress> } = { run: true, progress: false };

/** A scenario is data: whatever a link holds as JSON can be checked against it, and it prints as JSON. */
export const scenarioIsData: Crosses<Scenario> = true;
export const jsonCrosses: Crosses<JsonValue> = true;

/** INVARIANT: the check itself tells data from code. */
export const codeIsNoticed: [Crosses<{ a: { b: () => void } }>, Crosses<{ later: Promise<number> }[]>] = [false, false];
