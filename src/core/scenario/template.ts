/** `i`: index of the call in its step · `n`: index of the call among all calls of the agent; both from 0. */
type Atom = number | 'i' | 'n';

/** A product chain, evaluated from left to right; `operators[k]` stands before `atoms[k + 1]`. Never negative. */
interface Term {
  readonly sign: 1 | -1;
  readonly atoms: readonly Atom[];
  readonly operators: readonly string[];
}

/** A sum of terms. Data, so that nothing in it can loop or reach anything. */
export type Expression = readonly Term[];

/** A text cut at its templates. */
export type TemplatePart = string | Expression;

/** The parts of a text, or why it cannot be cut; `reason` says what to do. */
export type TemplateResult =
  { readonly ok: true; readonly parts: readonly TemplatePart[] } | { readonly ok: false; readonly reason: string };

/** Smallest and largest value, both included. */
export interface Bounds {
  readonly lo: number;
  readonly hi: number;
}

const TOKEN = /\s*(?:(\d{1,15})(?![\d.])|([in])(?![a-zA-Z0-9_])|([-+*/%]))\s*/y;

function tokens(source: string): readonly string[] | null {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (match === null) return null;
    found.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return found;
}

function asAtom(token: string | undefined): Atom | null {
  if (token === 'i' || token === 'n') return token;
  return token !== undefined && /^\d/.test(token) ? Number(token) : null;
}

/** Reads what stands between the braces; a text is the reason why it cannot be read. */
function parseExpression(source: string): Expression | string {
  const all = tokens(source);
  if (all === null || all.length === 0) return 'use `i`, `n`, whole numbers and + - * / %';
  const terms: Term[] = [];
  for (let at = 0; at < all.length;) {
    const sign = terms.length === 0 ? '+' : all[at++];
    const first = asAtom(all[at++]);
    if (first === null) return 'put a number, `i` or `n` on both sides of each sign';
    const atoms: Atom[] = [first];
    const operators: string[] = [];
    while (at < all.length && all[at] !== '+' && all[at] !== '-') {
      const operator = all[at++] ?? '';
      const atom = asAtom(all[at++]);
      if (atom === null || asAtom(operator) !== null) return 'put a number, `i` or `n` on both sides of each sign';
      if (atom === 0 && operator !== '*') return 'divide by a number above 0';
      operators.push(operator);
      atoms.push(atom);
    }
    terms.push({ sign: sign === '-' ? -1 : 1, atoms, operators });
  }
  return terms;
}

/**
 * Cuts a text at its `{{…}}` templates. A text without any is one part. Braces that do not close, and what is not made
 * of `i`, `n`, whole numbers and `+ - * / %` between them, is refused with a reason. Never throws.
 */
export function parseTemplate(text: string): TemplateResult {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf('{{', at);
    if (open < 0) break;
    const close = text.indexOf('}}', open);
    if (close < 0) return { ok: false, reason: 'close it with `}}`' };
    if (open > at) parts.push(text.slice(at, open));
    const expression = parseExpression(text.slice(open + 2, close));
    if (typeof expression === 'string') return { ok: false, reason: expression };
    parts.push(expression);
    at = close + 2;
  }
  if (at < text.length || parts.length === 0) parts.push(text.slice(at));
  return { ok: true, parts };
}

function atomValue(atom: Atom | undefined, i: number, n: number): number {
  return atom === 'i' ? i : atom === 'n' ? n : (atom ?? 0);
}

/** Whole-number division and rest; by 0, which only `i` or `n` can be, both give 0. */
function combine(operator: string | undefined, left: number, right: number): number {
  if (operator === '*') return left * right;
  if (right === 0) return 0;
  return operator === '/' ? Math.floor(left / right) : left % right;
}

/** The value of an expression: `* / %` before `+ -`, from left to right, `/` without the fraction. */
export function evaluateExpression(expression: Expression, i: number, n: number): number {
  let sum = 0;
  for (const term of expression) {
    let value = atomValue(term.atoms[0], i, n);
    for (let k = 0; k < term.operators.length; k++) {
      value = combine(term.operators[k], value, atomValue(term.atoms[k + 1], i, n));
    }
    sum += term.sign * value;
  }
  return sum;
}

function termBounds(term: Term, iMax: number, nMax: number): Bounds {
  const first = term.atoms[0];
  let lo = typeof first === 'number' ? first : 0;
  let hi = atomValue(first, iMax, nMax);
  for (let k = 0; k < term.operators.length; k++) {
    const atom = term.atoms[k + 1];
    const most = atomValue(atom, iMax, nMax);
    const least = typeof atom === 'number' ? atom : 0;
    const operator = term.operators[k];
    if (operator === '*') {
      [lo, hi] = [lo * least, hi * most];
      // why: beyond 2^53 a product is rounded, and what a later `/` or `%` makes of it is wrong.
      if (!Number.isSafeInteger(hi)) return { lo: NaN, hi: NaN };
    } else if (operator === '/') [lo, hi] = least === 0 ? [0, hi] : [Math.floor(lo / least), Math.floor(hi / least)];
    else if (least === 0 || hi >= most) [lo, hi] = [0, Math.min(hi, Math.max(0, most - 1))];
  }
  return { lo, hi };
}

/**
 * Bounds of an expression while `i` goes from 0 to `iMax` and `n` from 0 to `nMax`; it may not reach all between. NaN
 * where a product on the way can pass 2^53.
 */
export function expressionBounds(expression: Expression, iMax: number, nMax: number): Bounds {
  let lo = 0;
  let hi = 0;
  for (const term of expression) {
    const bounds = termBounds(term, iMax, nMax);
    lo += term.sign === 1 ? bounds.lo : -bounds.hi;
    hi += term.sign === 1 ? bounds.hi : -bounds.lo;
  }
  return { lo, hi };
}

/** True when the expression divides by `i` or `n`, which are 0 at the first call. */
export function dividesByIndex(expression: Expression): boolean {
  return expression.some((term) =>
    term.operators.some((operator, k) => operator !== '*' && typeof term.atoms[k + 1] !== 'number'),
  );
}
