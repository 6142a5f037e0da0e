import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_CHANGES, type Changes } from '../../../src/core/simulator/change-list.ts';
import { isFineEnough } from '../../../src/core/simulator/counter-tracks.ts';
import { complete } from '../../../src/core/simulator/pass.ts';
import type { Run } from '../../../src/core/simulator/run.ts';
import { ticketPass } from '../../../src/core/simulator/ticket-pass.ts';
import { drawTickets, mostValid, validPass } from '../../../src/core/simulator/ticket-track.ts';
import { validAt, validityPass, type TicketValidity } from '../../../src/core/simulator/ticket-validity.ts';
import { AgentStates } from '../../../src/core/upstream/agent-states.ts';
import { rosterOf } from '../../../src/core/upstream/roster.ts';
import { valueAt } from '../../../src/ui/timeline/counter-line.ts';
import { fakeRun, type FakeCall } from './fake-run.ts';

const START = Date.UTC(2026, 0, 2);
const issue = (atMs: number, validitySeconds: number | undefined, change: Partial<FakeCall> = {}): FakeCall => ({
  atMs: START + atMs,
  tool: 'issue_audit_ticket',
  args: { agentId: 'agent-1', ...(validitySeconds === undefined ? {} : { validitySeconds }) },
  ...change,
});

/** Of tickets that all calls but denied ones got. */
function validityOf(run: Run): TicketValidity {
  const calls = Uint32Array.from([...run.columns.outcome.keys()].filter((call) => run.columns.outcome[call] === 0));
  return complete(validityPass(run, calls), calls.length);
}

/** The changes, given to the pass in pieces. */
function changesOf(
  validity: Pick<TicketValidity, 'startsMs' | 'endsMs'>,
  fromMs = -Infinity,
  toMs = Infinity,
): Changes {
  const pass = validPass(validity, fromMs, toMs);
  for (let at = pass.from; at < pass.to; at += 3) pass.add(at, Math.min(pass.to, at + 3));
  return pass.finish();
}

const listOf = ({ atMs, used, size }: Changes): [number, number][] =>
  Array.from({ length: size }, (_, i) => [atMs[i]! - START, used[i]!]);

describe('tickets valid over time', () => {
  test('rise at issues, fall at expiries inside the run and after it', () => {
    const run = fakeRun([issue(500, 2), issue(600, undefined), issue(3000, 1), issue(9000, 1, { outcome: 'deny' })]);
    const changes = changesOf(validityOf(run));
    expect(listOf(changes)).toEqual([
      [500, 1],
      [600, 2],
      [2000, 1],
      [3000, 2],
      [4000, 1],
      [300_000, 0],
    ]);
    expect(mostValid(changes)).toBe(2);
  });

  test('what happens at one moment is one change', () => {
    const run = fakeRun([issue(0, 2), issue(0, 2), issue(1000, 1), issue(2000, 1), issue(2000, 3)]);
    expect(listOf(changesOf(validityOf(run)))).toEqual([
      [0, 2],
      [1000, 3],
      // why: three expire as two are issued.
      [2000, 2],
      [3000, 1],
      [5000, 0],
    ]);
  });

  test('a ticket that had expired when it was issued never counts', () => {
    expect(listOf(changesOf(validityOf(fakeRun([issue(500, -5), issue(900, 0)]))))).toEqual([]);
  });

  test('a kill switch takes none back, and lets no further one out', () => {
    const roster = rosterOf(undefined);
    const args = { agentId: roster.find(({ killSwitchActive }) => !killSwitchActive)!.id };
    const kill = {
      atMs: START + 1000,
      tool: 'activate_kill_switch',
      args: { ...args, reason: 'r', revokeTickets: true },
    };
    const run = fakeRun([issue(0, undefined, { args }), kill, issue(2000, undefined, { args })]);
    const calls = complete(ticketPass(run, new AgentStates(roster)), run.columns.count);
    expect([...calls]).toEqual([0]);
    expect(listOf(changesOf(complete(validityPass(run, calls), calls.length)))).toEqual([
      [0, 1],
      [300_000, 0],
    ]);
  });

  const made = fc.array(fc.tuple(fc.nat(9000), fc.integer({ min: -2, max: 6 })), { maxLength: 40 });
  const runOf = (list: readonly (readonly [number, number])[]): Run =>
    fakeRun([...list].sort(([a], [b]) => a - b).map(([atMs, seconds]) => issue(atMs, seconds)));

  test('are those valid at every moment, whatever part of the run is looked at', () => {
    fc.assert(
      fc.property(made, fc.nat(12_000), fc.integer({ min: 1, max: 9000 }), (list, from, length) => {
        const validity = validityOf(runOf(list));
        const [fromMs, toMs] = [START + from, START + from + length];
        const track = drawTickets(changesOf(validity, fromMs, toMs), 0, { fromMs, toMs, bins: 4096 });
        for (const atMs of [fromMs, fromMs + length / 2, toMs - 1, ...track.atMs]) {
          expect(valueAt(track, Math.floor(atMs))).toBe(validAt(validity, Math.floor(atMs)));
        }
      }),
    );
  });
});

describe('very many tickets', () => {
  const COUNT = 400_000;
  const times = Float64Array.from({ length: COUNT }, (_, i) => START + i * 7);
  const validity = { startsMs: times, endsMs: times.map((atMs) => atMs + 300_000) };
  const all = changesOf(validity);
  const [fromMs, toMs] = [START, START + COUNT * 7 + 300_000];

  test('are thinned over the whole run, and keep their highest number and values to within a bin', () => {
    expect(all.size).toBeLessThanOrEqual(MAX_CHANGES);
    expect(mostValid(all)).toBe(Math.ceil(300_000 / 7));
    const view = { fromMs, toMs, bins: 800 };
    expect(isFineEnough(all, view)).toBe(true);
    const track = drawTickets(all, mostValid(all), view);
    expect(track.atMs.length).toBeLessThanOrEqual(4 * 800 + 1);
    const binMs = (toMs - fromMs) / 800;
    for (let atMs = fromMs + binMs; atMs < toMs; atMs += 13.7 * binMs) {
      expect(Math.abs(valueAt(track, atMs) - validAt(validity, atMs))).toBeLessThanOrEqual(Math.ceil(binMs / 7));
    }
  });

  test('close up are those of that stretch, exactly', () => {
    const view = { fromMs: START + 299_950, toMs: START + 300_050, bins: 400 };
    expect(isFineEnough(all, view)).toBe(false);
    const track = drawTickets(changesOf(validity, view.fromMs, view.toMs), 0, view);
    for (let atMs = view.fromMs; atMs < view.toMs; atMs++) expect(valueAt(track, atMs)).toBe(validAt(validity, atMs));
  });
});
