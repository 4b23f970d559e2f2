// What the network looks like from here. Unknown is null, and null is not false: a condition that
// cannot be judged holds nothing back by itself, but is said.
import type { NetworkState } from '../model/surroundings.ts';
import type { ProbeTarget } from '../model/terms.ts';

export type { NetworkConnection, NetworkState } from '../model/surroundings.ts';
export type { ProbeTarget } from '../model/terms.ts';

export interface Network {
  /** As known now. Never rejects: what cannot be found out is null, or missing from the list. */
  state(): Promise<NetworkState>;
  /** Calls back when something may have changed, with the new state; returns the end of it. */
  watch(listener: (state: NetworkState) => void): () => void;
  /** Whether something answers there within the time. */
  probe(target: ProbeTarget, limitMs: number): Promise<boolean>;
}
