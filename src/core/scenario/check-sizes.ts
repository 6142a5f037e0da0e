import type { Diagnostic } from '../diagnostic.ts';
import { grouped } from '../policy/wording.ts';
import { afterGap } from './gap.ts';
import { instantMs } from './instant.ts';
import { scenarioDiagnostic } from './scenario-diagnostic.ts';
import { MAX_CALLS, MAX_DEPTH, MAX_SPAN_MS, MAX_TOOLS } from './limits.ts';
import type { Scenario, Step } from './model.ts';
import { callsOf, gapOf, plannedCalls } from './program.ts';

type Path = readonly (string | number)[];

/** Places where repeats stand deeper than allowed; what is inside them is not looked at. */
function tooDeep(steps: readonly Step[], depth: number, path: Path): Diagnostic[] {
  return steps.flatMap((step, index) => {
    if (!('repeat' in step)) return [];
    const at = [...path, index];
    if (depth < MAX_DEPTH) return tooDeep(step.steps, depth + 1, [...at, 'steps']);
    return [scenarioDiagnostic('too-deep', at, `repeats nest at most ${MAX_DEPTH} deep; flatten them`)];
  });
}

/** The agent's step with which the calls of all agents so far pass the limit. */
function tooManyCalls(scenario: Scenario): Diagnostic[] {
  let calls = 0;
  for (const [agent, { steps }] of scenario.agents.entries()) {
    for (const [index, step] of steps.entries()) {
      calls += callsOf(step);
      if (calls <= MAX_CALLS) continue;
      const message = `a run holds at most ${grouped(MAX_CALLS)} calls, this scenario makes ${grouped(plannedCalls(scenario))}; lower a count`;
      return [scenarioDiagnostic('too-many-calls', ['agents', agent, 'steps', index], message)];
    }
  }
  return [];
}

/** For each agent the step at whose end its clock has passed the longest span. */
function tooLong(scenario: Scenario): Diagnostic[] {
  const startMs = instantMs(scenario.start);
  return scenario.agents.flatMap(({ steps }, agent) => {
    let clockMs = startMs;
    const index = steps.findIndex((step) => (clockMs = afterGap(clockMs, gapOf(step))) - startMs > MAX_SPAN_MS);
    if (index < 0) return [];
    const message = 'a run spans at most 31 days, and this step ends after them; shorten it or a wait before it';
    return [scenarioDiagnostic('too-long', ['agents', agent, 'steps', index], message)];
  });
}

function addTools(steps: readonly Step[], tools: Set<string>): Set<string> {
  for (const step of steps) {
    if ('call' in step) tools.add(step.call);
    else if ('repeat' in step) addTools(step.steps, tools);
  }
  return tools;
}

function tooManyTools(scenario: Scenario): Diagnostic[] {
  const tools = scenario.agents.reduce((set, agent) => addTools(agent.steps, set), new Set<string>());
  if (tools.size <= MAX_TOOLS) return [];
  const message = `a scenario names at most ${grouped(MAX_TOOLS)} tools; use fewer`;
  return [scenarioDiagnostic('too-many-tools', ['agents'], message)];
}

/**
 * What makes a scenario of the right shape too big to run (docs: scenario.md#sizes), worked out without going
 * through its calls, so that nested repeats of any count are refused at once.
 */
export function checkSizes(scenario: Scenario): readonly Diagnostic[] {
  const deep = scenario.agents.flatMap(({ steps }, agent) => tooDeep(steps, 0, ['agents', agent, 'steps']));
  return [...deep, ...tooManyCalls(scenario), ...tooLong(scenario), ...tooManyTools(scenario)];
}
