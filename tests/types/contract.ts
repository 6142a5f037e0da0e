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
type IsPromise<T> = T extends Promise<unknown> ? true : false;
/** `true` when nothing is named, else the names, so that the compiler says which they are. */
type None<Names> = [Names] extends [never] ? true : Names;
type Question = keyof EngineApi;
type Returned<Name extends Question> = ReturnType<EngineApi[Name]>;

/** Every question of the contract is answered later, with data that can be cloned. */
export const answersCross: None<
  { [Name in Question]: Crosses<Awaited<Returned<Name>>> extends true ? never : Name }[Question]
> = true;
export const answersAreLater: None<
  { [Name in Question]: IsPromise<Returned<Name>> extends true ? never : Name }[Question]
> = true;

/** What is asked crosses too; functions among the parameters are proxied. */
export const questionsCross: { run: Crosses<RunInput>; progress: Crosses<Progress> } = { run: true, progress: false };

/** A scenario is data: whatever a link holds as JSON can be checked against it, and it prints as JSON. */
export const scenarioIsData: Crosses<Scenario> = true;
export const jsonCrosses: Crosses<JsonValue> = true;

/** INVARIANT: the check itself tells data from code. */
export const codeIsNoticed: [Crosses<{ a: { b: () => void } }>, Crosses<{ later: Promise<number> }[]>] = [false, false];
