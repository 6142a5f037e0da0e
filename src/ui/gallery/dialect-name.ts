import type { Dialect } from '../../core/policy/model.ts';

const NAMES: Readonly<Record<Dialect, string>> = { policylayer: 'PolicyLayer', intercept: 'Intercept' };

/** A dialect as people call it. */
export function dialectName(dialect: Dialect): string {
  return NAMES[dialect];
}
