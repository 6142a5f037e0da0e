import type { Component } from 'svelte';

/** One entry of a menu. Actions stand below choices. */
export interface MenuItem<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** A second line in grey. */
  readonly detail?: string;
  readonly icon?: Component<Record<string, unknown>>;
  /** Set for a choice: draws a tick and speaks as a radio item. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
}
