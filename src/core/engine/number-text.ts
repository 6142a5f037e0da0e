/**
 * How numbers become text when values are compared as text (docs: policy.md#numbers-and-text). `plain`: exponent form
 * from 1e21 on. `float`: from 1e6 on, as Go prints a float64. `written`: whole numbers of 64 bits as plain digits,
 * everything else like `float`, as Intercept prints what a policy file holds.
 */
export type NumberStyle = 'plain' | 'float' | 'written';

const SMALLEST_PLAIN = 1e-4;
const WHOLE_LIMIT = 2 ** 63;

/**
 * The shortest decimal that reads back as `value`. Exponents have a sign and at least two digits (`1e-07`, `1e+21`) and
 * are used below 1e-4 and from the style's threshold on. `-0` prints `-0`; what no JSON number can be prints as Go does:
 * `+Inf`, `-Inf`, `NaN`.
 */
export function formatNumber(value: number, style: NumberStyle): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const size = Math.abs(value);
  if (size < SMALLEST_PLAIN || size >= exponentFrom(value, style)) return formatExponent(value);
  // why: below 1e21 and from 1e-4 on, JavaScript's own form is the plain shortest decimal; integers have all digits.
  return style === 'written' && size > Number.MAX_SAFE_INTEGER ? BigInt(value).toString() : String(value);
}

function exponentFrom(value: number, style: NumberStyle): number {
  if (style === 'plain') return 1e21;
  return style === 'written' && Number.isInteger(value) ? WHOLE_LIMIT : 1e6;
}

function formatNonFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

function formatExponent(value: number): string {
  const text = value.toExponential();
  const mark = text.indexOf('e');
  const digits = text.slice(mark + 2);
  return `${text.slice(0, mark + 2)}${digits.length < 2 ? '0' : ''}${digits}`;
}
