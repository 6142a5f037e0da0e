import type { Tool } from '../../catalogue/tools.ts';
import { counted } from '../wording.ts';
import { deniesAll, type Lint } from './subject.ts';

/** What PolicyLayer's catalogue recommends a minute (docs: policy.md#the-server-behind-the-gateway). */
const CONVENTIONAL = { Read: null, Write: 30, Execute: 10 } as const;

/** Notes on tools that write or execute and that calls reach without any limit and without asking a human. */
export const lintNoLimit: Lint = (subject) => {
  const { policy, page, tools } = subject;
  const shared = policy.everyTool;
  if (tools === null || (shared !== null && (shared.limits.some(({ counts }) => counts) || deniesAll(shared)))) return;
  const loose: Tool[] = [];
  for (const tool of tools.values()) {
    const max = CONVENTIONAL[tool.category];
    if (max === null || subject.isHidden(tool.name)) continue;
    const own = policy.tools.get(tool.name);
    if (own === undefined) {
      if (policy.defaultAction === 'allow') loose.push(tool);
      continue;
    }
    if (own.approval !== null || own.limits.some(({ counts }) => counts) || deniesAll(own)) continue;
    const what = tool.category === 'Write' ? 'writes' : 'executes';
    const fixes = page.fix(`Limit it to ${String(max)} a minute`, { kind: 'limit', tool: own, max });
    const message = `\`${tool.name}\` ${what}, and nothing limits how often; add a limit`;
    subject.add('no-limit', { pointer: own.pointer, range: page.name(own.pointer) }, message, ...fixes);
  }
  if (loose.length === 0) return;
  const pointer = policy.dialect === 'policylayer' ? '/default' : 'default';
  const some = counted(loose.length, 'tool');
  const message = `${some} that ${loose.length === 1 ? 'writes' : 'write'} or ${loose.length === 1 ? 'executes' : 'execute'} may be called without a limit; limit them, or deny by default`;
  subject.add('no-limit', { pointer, range: page.value(pointer) ?? page.whole('') }, message);
};
