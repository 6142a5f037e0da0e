/** Work that stops now and then to let others in; what it returns is the result. */
export type Steps<T> = Generator<void, T>;

/** The result of work done in one go. */
export function drain<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
