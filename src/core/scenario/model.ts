/**
 * The types of a scenario document (docs: scenario.md#the-document), inferred from its schema. Importing them brings no
 * code with it, so that the page can hold a scenario without loading the schema.
 */
export type {
  Agent,
  Assertion,
  CallStep,
  CountAssertion,
  DecisionAssertion,
  RepeatStep,
  RetryReaction,
  Scenario,
  Step,
  UpstreamScript,
  WaitStep,
  WaitUntilStep,
  WorldAgentEdit,
  WorldEdits,
} from './schema.ts';
export type { Duration } from './duration.ts';
