import { checkField } from '../catalogue/check-arguments.ts';
import { findTool, TOOL_NAMES, type Tool } from '../catalogue/tools.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { nearestName } from '../nearest-name.ts';
import { quoted } from '../policy/wording.ts';
import { planArguments, type ArgumentPlan } from './argument-plan.ts';
import { findContradictions } from './contradiction.ts';
import { durationMs } from './duration.ts';
import { scenarioDiagnostic } from './scenario-diagnostic.ts';
import { DEFAULT_ROSTER } from '../upstream/roster.ts';
import type { CallStep, Scenario, Step } from './model.ts';
import { possibleValues } from './possible-values.ts';

type Path = readonly (string | number)[];

function toolWarning(name: string, path: Path): Diagnostic {
  const near = nearestName(name, TOOL_NAMES);
  const advice = near === null ? 'the server will answer with an error' : `did you mean ${quoted(near)}?`;
  return scenarioDiagnostic(
    'unknown-tool',
    [...path, 'call'],
    `${quoted(name)} is not a tool of the server; ${advice}`,
  );
}

/** For each field of the tool, the first of its possible values that the server would refuse. */
function argumentWarnings(tool: Tool, plan: ArgumentPlan, path: Path): Diagnostic[] {
  const nodes = new Map(plan.entries);
  return tool.fields.flatMap((field) => {
    const node = nodes.get(field.name);
    const values = node === undefined ? [undefined] : possibleValues(node, plan);
    for (const value of values) {
      const problem = checkField(field, value);
      if (problem === null) continue;
      const place = node === undefined ? [...path, 'args'] : [...path, 'args', field.name];
      return [scenarioDiagnostic('argument-misfit', place, `${problem.message}, or the server refuses the call`)];
    }
    return [];
  });
}

function stepWarnings(step: CallStep, path: Path): Diagnostic[] {
  const found: Diagnostic[] = [];
  const tool = findTool(step.call);
  const planned = planArguments(step.args ?? {}, step.times ?? 1);
  if (tool === null) found.push(toolWarning(step.call, path));
  else if (planned.ok) found.push(...argumentWarnings(tool, planned.plan, path));
  if (planned.ok && planned.dividesByIndex) {
    const message = '`i` and `n` are 0 at the first call, where dividing by them gives 0; add 1 in another place';
    found.push(scenarioDiagnostic('divides-by-zero', [...path, 'args'], message));
  }
  const paced = step.over !== undefined || step.every !== undefined || step.ratePerMinute !== undefined;
  if (step.jitter !== undefined && !paced) {
    const message = '`jitter` moves nothing without a pace; add `over`, `every` or `ratePerMinute`';
    found.push(scenarioDiagnostic('idle-jitter', [...path, 'jitter'], message));
  }
  if (step.upstream?.kind !== undefined && (step.upstream.failures ?? 0) === 0) {
    const message = '`kind` says how calls fail, but none do; add `failures`';
    found.push(scenarioDiagnostic('idle-kind', [...path, 'upstream', 'kind'], message));
  }
  return found;
}

function stepsWarnings(steps: readonly Step[], path: Path): Diagnostic[] {
  return steps.flatMap((step, index) => {
    const at = [...path, index];
    if ('repeat' in step) return stepsWarnings(step.steps, [...at, 'steps']);
    return 'call' in step ? stepWarnings(step, at) : [];
  });
}

function contradictionWarnings(scenario: Scenario): Diagnostic[] {
  return findContradictions(scenario.expect ?? []).map(({ first, second }) => {
    const words = first === second ? 'this can never hold; its bounds exclude each other' : '';
    const both = `assertions ${first} and ${second} cannot both hold; change one of them`;
    return scenarioDiagnostic('contradiction', ['expect', second], words === '' ? both : words);
  });
}

/** Agents to be removed that are not there. */
function worldWarnings({ world }: Scenario): Diagnostic[] {
  const known = DEFAULT_ROSTER.map(({ id }) => id);
  return (world?.remove ?? []).flatMap((id, index) => {
    if (known.includes(id)) return [];
    const near = nearestName(id, known);
    const advice = near === null ? 'remove the entry' : `did you mean ${quoted(near)}?`;
    const message = `${quoted(id)} is none of the world’s agents; ${advice}`;
    return [scenarioDiagnostic('unknown-agent', ['world', 'remove', index], message)];
  });
}

/** Agents that ask again at the same moment, before a person can have answered: time stands still until the run is full. */
function repeatWarnings({ agents, approvals }: Scenario): Diagnostic[] {
  const { mode = 'ignore', after } = approvals ?? {};
  if (mode !== 'ignore' && durationMs(after) === 0) return [];
  return agents.flatMap(({ onApproval }, agent) => {
    if (onApproval === undefined || durationMs(onApproval.retryAfter) > 0) return [];
    const message = 'a call held for approval is repeated at once until the run is full; use a `retryAfter` above 0';
    return [scenarioDiagnostic('endless-repeat', ['agents', agent, 'onApproval', 'retryAfter'], message)];
  });
}

/** What runs, but probably not as meant, in the order of the document. For scenarios without errors. */
export function scenarioWarnings(scenario: Scenario): readonly Diagnostic[] {
  const steps = scenario.agents.flatMap(({ steps }, agent) => stepsWarnings(steps, ['agents', agent, 'steps']));
  return [...worldWarnings(scenario), ...steps, ...repeatWarnings(scenario), ...contradictionWarnings(scenario)];
}
