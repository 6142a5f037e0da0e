import { anchorsOf } from './anchors.ts';
import { readInterceptText } from './intercept/read.ts';
import type { DialectReader } from './reader.ts';

/**
 * The reader for Intercept policies, in a module of its own so that the YAML parser is loaded only when it is needed.
 * `locate` takes Intercept's own paths, such as `tools.x.rules[0]`.
 */
export const readIntercept: DialectReader = (text, { compilePattern }) => {
  const { diagnostics, policy, ranges, root } = readInterceptText(text, compilePattern);
  const locate = (pointer: string) => ranges.get(pointer.replace(/^\//, '')) ?? null;
  return {
    dialect: 'intercept',
    diagnostics,
    policy,
    written: root === null ? null : { dialect: 'intercept', text, root },
    locate,
    anchors: () => {
      // why: the wildcard's parts stand in the policy twice, as a tool and as what runs after every tool.
      const seen = new Set<string>();
      return (policy === null ? [] : anchorsOf(policy, locate)).filter(({ kind, pointer }) => {
        const key = `${kind} ${pointer}`;
        return !seen.has(key) && seen.add(key);
      });
    },
  };
};
