import { parseArgs } from 'node:util';
import type { WindowMode } from '../core/engine/decision.ts';

/** One policy and the scenario whose assertions it must keep, as paths. */
export interface Pair {
  readonly policy: string;
  readonly scenario: string;
}

/** What the command line asks for. `problem`: why it cannot be understood, with what to do. */
export type Options =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'problem'; readonly problem: string }
  | {
      readonly kind: 'check';
      readonly pairs: readonly Pair[];
      readonly windows: WindowMode;
      readonly json: boolean;
      /** File to write JUnit XML to; null for none. */
      readonly junit: string | null;
    };

/** What `--help` prints. */
export const USAGE = `Usage: check-policy [options] POLICY SCENARIO [POLICY SCENARIO ...]

Runs each scenario under its policy and looks at the assertions in the scenario's "expect".
POLICY is JSON (PolicyLayer) or YAML (Intercept), told apart by content. SCENARIO is JSON.

  --windows MODE  calendar (default), sliding or anchored
  --junit FILE    also writes the results as JUnit XML
  --json          prints the results as JSON instead of lines
  --help          prints this
  --version       prints the version

Exits 0 when every assertion holds, 1 when one fails, 2 when the input cannot be used.
`;

const WINDOWS: readonly WindowMode[] = ['calendar', 'sliding', 'anchored'];

/** Reads the arguments behind the command's name. Never throws. */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        windows: { type: 'string', default: 'calendar' },
        junit: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    if (values.version) return { kind: 'version' };
    const windows = WINDOWS.find((mode) => mode === values.windows);
    if (windows === undefined) return problem(`\`--windows\` is one of ${WINDOWS.join(', ')}`);
    if (positionals.length === 0) return problem('name a policy and a scenario');
    if (positionals.length % 2 === 1) return problem('every policy needs a scenario after it; name both');
    return { kind: 'check', pairs: pairsOf(positionals), windows, json: values.json, junit: values.junit ?? null };
  } catch (error) {
    return problem(error instanceof Error ? error.message : String(error));
  }
}

function problem(words: string): Options {
  return { kind: 'problem', problem: words };
}

function pairsOf(paths: readonly string[]): readonly Pair[] {
  return paths.flatMap((policy, i) => {
    const scenario = paths[i + 1];
    return i % 2 === 0 && scenario !== undefined ? [{ policy, scenario }] : [];
  });
}
