import { anchorsOf } from './anchors.ts';
import { readInterceptText } from './intercept/read.ts';
import type { DialectReader } from './reader.ts';

/**
 * The reader for Intercept policies, in a module of its own so that the YAML parser is loaded only when it is needed.
 * `locate` takes Intercept's own paths, such as `tools.x.rules[0]`. `knownTools` is not looked at: a YAML policy may be
 * written for several servers.
 */
export const readIntercept: DialectReader = (text, { compilePattern }) => {
  const { diagnostics, policy, ranges } = readInterceptText(text, compilePattern);
  const locate = (pointer: string) => ranges.get(pointer) ?? null;
  return {
    dialect: 'intercept',
    diagnostics,
    policy,
    locate,
    anchors: () => (policy === null ? [] : anchorsOf(policy, locate)),
  };
};
