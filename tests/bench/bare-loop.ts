import type { CallColumns } from '../../src/core/simulator/columns.ts';
import { GRANTS, HOUR_MAX, MINUTE_MAX, TOOLS } from './workload.ts';

/**
 * The least that two fixed windows a call can cost: typed arrays, one answer byte, no rules, no reasons, no answers of a
 * server. The measure for everything else.
 */
export function bareLoop({ count, atMs, caller, tool }: CallColumns): Uint8Array {
  const minuteOf = new Float64Array(TOOLS * GRANTS);
  const minuteUsed = new Float64Array(TOOLS * GRANTS);
  const hourOf = new Float64Array(TOOLS * GRANTS);
  const hourUsed = new Float64Array(TOOLS * GRANTS);
  const denied = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const slot = tool[i]! * GRANTS + caller[i]!;
    const minute = Math.floor(atMs[i]! / 60_000);
    const hour = Math.floor(atMs[i]! / 3_600_000);
    const inMinute = minuteOf[slot] === minute ? minuteUsed[slot]! : 0;
    const inHour = hourOf[slot] === hour ? hourUsed[slot]! : 0;
    if (inMinute + 1 > MINUTE_MAX || inHour + 1 > HOUR_MAX) {
      denied[i] = 1;
      continue;
    }
    minuteOf[slot] = minute;
    minuteUsed[slot] = inMinute + 1;
    hourOf[slot] = hour;
    hourUsed[slot] = inHour + 1;
  }
  return denied;
}
