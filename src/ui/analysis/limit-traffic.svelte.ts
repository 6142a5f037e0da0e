import type { Traffic } from '../../../workers/engine-api.ts';
import { LEGITIMATE_WORK } from '../../core/catalogue/attacks/legitimate.ts';
import { ATTACKS } from '../../core/catalogue/attacks/list.ts';
import type { Scenario } from '../../core/scenario/model.ts';
import type { Playground } from '../../state/playground.svelte.ts';
import type { Role } from './limit-words.ts';

/** Grants that can be told apart one by one. */
const MOST_GRANTS = 50;

/** What the limit advisor is asked with: a limit, and which traffic is work and which an attack. */
export class LimitTraffic {
  readonly #playground: Playground;
  /** Limit that was chosen; another stands in when the policy does not have it any more. */
  chosen = $state('');
  from = $state<'grants' | 'gallery'>('grants');
  work = $state(LEGITIMATE_WORK[0]?.name ?? '');
  attack = $state(ATTACKS[0]?.name ?? '');
  #roles = $state.raw<ReadonlyMap<string, Role>>(new Map());

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  get limits(): readonly { readonly pointer: string; readonly rule: string }[] {
    return this.#playground.workspace.check?.policy?.anchors.filter(({ kind }) => kind === 'limit') ?? [];
  }

  get pointer(): string {
    const { limits, chosen } = this;
    return (limits.find(({ pointer }) => pointer === chosen) ?? limits[0])?.pointer ?? '';
  }

  /** Grants that make calls, the first 50. */
  get grants(): readonly string[] {
    const { run, workspace } = this.#playground;
    const named =
      run.replayed === null
        ? workspace.scenario.agents.map(({ name, grant }) => grant ?? name)
        : (run.summary?.grants.map(({ grant }) => grant) ?? []);
    return [...new Set(named)].slice(0, MOST_GRANTS);
  }

  /** What a grant counts as: as chosen, else an attack when the run denied it anything. */
  roleOf(grant: string): Role {
    const denied = this.#playground.run.summary?.grants.find((each) => each.grant === grant)?.denied ?? 0;
    return this.#roles.get(grant) ?? (denied > 0 ? 'attack' : 'legitimate');
  }

  setRole(grant: string, role: Role): void {
    this.#roles = new Map([...this.#roles, [grant, role]]);
  }

  get legitimate(): Traffic {
    return this.#traffic('legitimate', LEGITIMATE_WORK.find(({ name }) => name === this.work)?.scenario);
  }

  get attacking(): Traffic {
    return this.#traffic('attack', ATTACKS.find(({ name }) => name === this.attack)?.scenario);
  }

  #traffic(role: Role, listed: Scenario | undefined): Traffic {
    const { run, workspace } = this.#playground;
    if (this.from === 'gallery' && listed !== undefined) return { input: { scenario: listed }, grants: null };
    const input = run.replayed?.input ?? { scenario: workspace.scenario };
    return { input, grants: this.grants.filter((grant) => this.roleOf(grant) === role) };
  }
}
