/** Most results that are kept. */
export const MAX_RESULTS = 200_000;
/** Longest line that is read, in characters. */
const LONGEST_LINE = 16_384;

/** What can be predicted of a call. */
const PREDICTED = ['allow', 'deny', 'approval', 'hidden'] as const;
/** What can become of a call; `none`: no answer told. */
const ACTUAL = [...PREDICTED, 'none'] as const;

/** What became of one call at a real gateway, beside what was predicted. `call` counts from 1. */
export interface K6Result {
  readonly call: number;
  /** Real time in ms since the epoch. */
  readonly atMs: number;
  readonly tool: string;
  readonly grant: string;
  readonly predicted: (typeof PREDICTED)[number];
  readonly actual: (typeof ACTUAL)[number];
  readonly agrees: boolean;
  /** How long the answer took; `lateMs`: how long after its time the call was made. */
  readonly ms: number;
  readonly lateMs: number;
  /** What a refusal or failure said. */
  readonly text: string;
}

/**
 * A file of results, sorted by call. `planned`: calls of the run, null where no line tells. `skipped`: lines that are no
 * results. `leftOut`: results beyond `MAX_RESULTS`.
 */
export interface K6Results {
  readonly name: string;
  readonly planned: number | null;
  readonly results: readonly K6Result[];
  readonly skipped: number;
  readonly leftOut: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads results from a file that comes piece by piece. Never throws. */
export class K6ResultReader {
  readonly #results: K6Result[] = [];
  #rest = '';
  #name = '';
  #planned: number | null = null;
  #skipped = 0;
  #leftOut = 0;

  /** Takes the next piece of the file's text. */
  add(text: string): void {
    const lines = (this.#rest + text).split('\n');
    const last = lines.pop() ?? '';
    // why: a line that never ends must not be gone through again with every piece.
    this.#rest = last.length > LONGEST_LINE ? last.slice(0, LONGEST_LINE + 1) : last;
    for (const line of lines) this.#read(line);
  }

  /** Everything read. */
  finish(): K6Results {
    this.#read(this.#rest);
    this.#rest = '';
    return {
      name: this.#name,
      planned: this.#planned,
      results: this.#results.toSorted((a, b) => a.call - b.call),
      skipped: this.#skipped,
      leftOut: this.#leftOut,
    };
  }

  #read(line: string): void {
    if (line.trim() === '') return;
    const fields = line.length > LONGEST_LINE ? null : fieldsOf(line.trim());
    const result = fields && resultOf(fields);
    if (result) {
      if (this.#results.length < MAX_RESULTS) this.#results.push(result);
      else this.#leftOut++;
    } else if (fields && isHead(fields)) {
      this.#name = fields.run;
      this.#planned = Math.max(this.#planned ?? 0, fields.calls);
    } else this.#skipped++;
  }
}

/** True when the beginning of a file holds a result among its first lines. */
export function holdsResults(beginning: string): boolean {
  const reader = new K6ResultReader();
  reader.add(beginning);
  const { results, planned } = reader.finish();
  return results.length > 0 || planned !== null;
}

/** The object of a line: as written by the script, or wrapped by k6's own log formats (`msg`). */
function fieldsOf(line: string): Fields | null {
  const wrapped = /(?:^|\s)msg=("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
  const found = parseObject(wrapped === undefined ? line : String(parseJson(wrapped)));
  return typeof found?.msg === 'string' ? parseObject(found.msg) : found;
}

function parseObject(text: string): Fields | null {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isHead(fields: Fields): fields is { readonly run: string; readonly calls: number } {
  return typeof fields.run === 'string' && Number.isSafeInteger(fields.calls);
}

function resultOf(fields: Fields): K6Result | null {
  const { call, tool, grant, text, time, ms, lateMs, agrees } = fields;
  const predicted = PREDICTED.find((name) => name === fields.predicted);
  const actual = ACTUAL.find((name) => name === fields.actual);
  if (typeof call !== 'number' || !Number.isSafeInteger(call) || call < 1) return null;
  if (predicted === undefined || actual === undefined) return null;
  return {
    call,
    atMs: typeof time === 'string' ? Date.parse(time) : NaN,
    tool: textOf(tool),
    grant: textOf(grant),
    predicted,
    actual,
    agrees: typeof agrees === 'boolean' ? agrees : (predicted === 'allow') === (actual === 'allow'),
    ms: numberOf(ms),
    lateMs: numberOf(lateMs),
    text: textOf(text),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : NaN;
}
