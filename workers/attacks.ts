import { judgeAttack, judgeWork, scoreOf } from '../src/core/attacks/judge.ts';
import { LEGITIMATE_WORK } from '../src/core/catalogue/attacks/legitimate.ts';
import { ATTACKS } from '../src/core/catalogue/attacks/list.ts';
import type { WindowMode } from '../src/core/engine/decision.ts';
import type { ParseResult } from '../src/core/policy/reader.ts';
import type { AttacksResult, GoOn } from './engine-api.ts';

/**
 * Runs every attack and all legitimate work against a policy that has been read. Between two scenarios `goOn` is asked,
 * which lets other questions in; the held run is not touched.
 */
export async function runAttacks(
  { policy, diagnostics }: ParseResult,
  windows: WindowMode,
  goOn: GoOn,
): Promise<AttacksResult> {
  if (policy === null) return { kind: 'policy-invalid', diagnostics };
  const total = ATTACKS.length + LEGITIMATE_WORK.length;
  let done = 0;
  const judgeAll = async <Entry, Verdict>(entries: readonly Entry[], judge: (entry: Entry) => Verdict) => {
    const verdicts: Verdict[] = [];
    for (const entry of entries) {
      if (!(await goOn(done++, total))) return null;
      verdicts.push(judge(entry));
    }
    return verdicts;
  };
  const attacks = await judgeAll(ATTACKS, (attack) => judgeAttack(policy, windows, attack));
  const work = attacks && (await judgeAll(LEGITIMATE_WORK, (entry) => judgeWork(policy, windows, entry)));
  return attacks && work ? { kind: 'done', scorecard: scoreOf(attacks, work) } : { kind: 'cancelled' };
}
