/** The switch between the faces of a scenario, and what stands in place of the rows; fetched together. */
export { default as FaceTabs } from './FaceTabs.svelte';
export { default as FacePanel } from './FacePanel.svelte';
