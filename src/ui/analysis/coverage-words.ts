import type { CoverageCell } from '../../core/analysis/coverage.ts';
import { ruleBeside } from '../results/rule-name.ts';

/** Ways a call can come out that have a column of their own, in the order of decision. */
export const COLUMNS = [
  { label: 'Hidden', kinds: ['hidden'] },
  { label: 'Denied by default', kinds: ['default', 'no-policy'] },
  { label: 'Denied by a rule', kinds: ['rule'] },
  { label: 'Denied by a limit', kinds: ['limit'] },
  { label: 'Waits for approval', kinds: ['approval', 'refused-approval'] },
  { label: 'Allowed', kinds: ['allowed'] },
] as const satisfies readonly { label: string; kinds: readonly CoverageCell['kind'][] }[];

/** A cell in words: `get_agent_card denied by limits/rate`, `get_agent_card allowed`. */
export function cellText(cell: CoverageCell): string {
  if (cell.kind === 'allowed') return `${cell.tool} allowed`;
  if (cell.kind === 'hidden') return `${cell.tool} hidden`;
  if (cell.kind === 'default' || cell.kind === 'no-policy') return `${cell.tool} denied by default`;
  const rule = ruleBeside(cell.tool, cell.rule);
  return cell.kind === 'approval' ? `${cell.tool} waits by ${rule}` : `${cell.tool} denied by ${rule}`;
}
