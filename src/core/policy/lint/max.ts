import type { Limit } from '../model.ts';
import { grouped } from '../wording.ts';
import { partsOf, type Lint, type Subject } from './subject.ts';

/** Limits that no call fits into. */
export const lintMax: Lint = (subject) => {
  for (const limit of partsOf(subject.policy).flatMap(({ limits }) => limits))
    if (limit.counts) lintLimit(subject, limit);
};

function lintLimit(subject: Subject, { max, amount, pointer }: Limit): void {
  const { page, policy } = subject;
  const place = page.part(pointer, 'max');
  const at = { pointer: place, range: page.value(place) ?? page.whole(pointer) };
  const instead = policy.dialect === 'policylayer' ? 'a `deny_if` rule' : 'a rule whose `action` is `deny`';
  if (max <= 0) {
    const word = policy.dialect === 'policylayer' ? '`max` 0' : 'a limit of 0';
    const message =
      amount.kind === 'static'
        ? `${word} denies every call; raise it, or deny the tool with ${instead}`
        : `${word} lets only calls with \`${amount.path}\` 0 through; raise it, or deny the tool with ${instead}`;
    subject.add('max-zero', at, message);
  } else if (amount.kind === 'static' && amount.value > max) {
    const message = `each call counts ${grouped(amount.value)}, so none fits under ${grouped(max)}; raise the limit or lower \`increment\``;
    subject.add('increment-over-max', at, message);
  }
}
