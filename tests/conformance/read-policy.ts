import type { DialectReader } from '../../src/core/policy/reader.ts';
import { readInterceptText } from '../../src/core/policy/intercept/read.ts';
import type { Dialect, Policy } from '../../src/core/policy/model.ts';
import { parsePolicy } from '../../src/core/policy/parse.ts';
import { compilePattern } from '../../src/core/policy/pattern.ts';

/** A document's policy, or where its errors are. */
export type Reading = { readonly policy: Policy } | { readonly errorsAt: readonly string[] };

const intercept: DialectReader = (text, options) => ({
  ...readInterceptText(text, options.compilePattern),
  dialect: 'intercept',
  written: null,
  locate: () => null,
  anchors: () => [],
});

/** Reads a document of a dialect as the product does; the only place of the runner that knows the readers. */
export function readPolicy(dialect: Dialect, text: string): Reading {
  const { policy, diagnostics } = parsePolicy(text, { dialect, compilePattern, readers: { intercept } });
  if (policy) return { policy };
  return { errorsAt: diagnostics.filter(({ severity }) => severity === 'error').map(({ pointer }) => pointer) };
}
