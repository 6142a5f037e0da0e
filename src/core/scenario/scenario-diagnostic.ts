import type { Diagnostic, Severity } from '../diagnostic.ts';
import { childPointer } from '../policy/pointer.ts';
import { SCENARIO_CODES, type ScenarioCode } from './codes.ts';

type Path = readonly PropertyKey[];

/** RFC 6901 pointer for keys and indices from the document down. */
function pointerTo(path: Path): string {
  return path.reduce<string>((pointer, key) => childPointer(pointer, typeof key === 'number' ? key : String(key)), '');
}

/** A diagnostic without a text to point into: its range is empty, its pointer says where. */
export function scenarioDiagnostic(code: ScenarioCode, path: Path, message: string): Diagnostic {
  const severity: Severity = SCENARIO_CODES[code];
  return { code, severity, message, range: { start: 0, end: 0 }, pointer: pointerTo(path) };
}
