import type { CounterObserver } from './run.ts';

/** Shows two observers the same replay. */
export function watchBoth(first: CounterObserver, second: CounterObserver): CounterObserver {
  return {
    taken: (...change) => {
      first.taken?.(...change);
      second.taken?.(...change);
    },
    returned: (...change) => {
      first.returned?.(...change);
      second.returned?.(...change);
    },
    expired: (...change) => {
      first.expired?.(...change);
      second.expired?.(...change);
    },
  };
}
