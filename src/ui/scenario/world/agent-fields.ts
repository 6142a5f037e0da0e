import { AUDIT_LEVELS } from '../../../core/catalogue/tools.ts';
import type { WorldAgentEdit } from '../../../core/scenario/model.ts';
import { readNumber } from '../step-fields.ts';

/** A field of an agent of the world that is typed. */
export type TypedField =
  'name' | 'organization' | 'trustScore' | 'expiresAt' | 'maxOpValue' | 'capabilities' | 'allowedServers';

const NUMBERS: readonly TypedField[] = ['trustScore', 'maxOpValue'];
const LISTS: readonly TypedField[] = ['capabilities', 'allowedServers'];

/** What the scenario says of a field, as text; '' where it says nothing. */
export function fieldText(edit: WorldAgentEdit, field: TypedField): string {
  const value = edit[field];
  if (value === undefined) return '';
  return typeof value === 'object' ? value.join(', ') : String(value);
}

/** The edit with a field as typed: nothing says nothing of it, and lists are separated by commas. */
export function withField(edit: WorldAgentEdit, field: TypedField, text: string): WorldAgentEdit {
  const { [field]: _before, ...rest } = edit;
  const typed = text.trim();
  if (typed === '') return rest;
  if (NUMBERS.includes(field)) return { ...rest, [field]: readNumber(typed) ?? 0 };
  if (!LISTS.includes(field)) return { ...rest, [field]: typed };
  const items = typed.split(',').map((item) => item.trim());
  return { ...rest, [field]: items.filter((item) => item !== '') };
}

/** The edit with an audit level; one that is not known says nothing of it. */
export function withLevel(edit: WorldAgentEdit, text: string): WorldAgentEdit {
  const { auditLevel: _before, ...rest } = edit;
  const auditLevel = AUDIT_LEVELS.find((level) => level === text);
  return auditLevel === undefined ? rest : { ...rest, auditLevel };
}

/** The edit with the kill switch `on`, `off`, or left as it is. */
export function withKillSwitch(edit: WorldAgentEdit, text: string): WorldAgentEdit {
  const { killSwitch: _before, ...rest } = edit;
  return text === '' ? rest : { ...rest, killSwitch: text === 'on' };
}
