/** A remark computed from a run, with the numbers that prove it. */
export interface RunFinding {
  readonly code: string;
  readonly severity: 'warning' | 'note';
  readonly title: string;
  readonly detail: string;
  readonly pointer: string;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}
