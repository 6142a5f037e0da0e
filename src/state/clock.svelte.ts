/**
 * The moment of the run that the page shows, in ms since the epoch; null shows its end. `call` is the last one made by
 * then, -1 for none, null while it is not known.
 */
export class Clock {
  atMs = $state<number | null>(null);
  call = $state<number | null>(null);
}
