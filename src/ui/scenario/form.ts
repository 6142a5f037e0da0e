/** The form under a row, and what adds rows that it then shows; fetched together. */
export { default as ScenarioForm } from './ScenarioForm.svelte';
export { addCall } from './add-call.ts';
