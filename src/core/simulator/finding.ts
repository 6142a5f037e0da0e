/** A remark computed from a run, with the numbers that prove it. */
export interface RunFinding {
  readonly code: string;
  readonly severity: 'warning' | 'note';
  readonly title: string;
  readonly detail: string;
  readonly pointer: string;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Tools whose denied calls it is about; absent where it is about no calls of the log. */
  readonly deniedTools?: readonly string[];
}
