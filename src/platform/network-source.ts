// What a system tells of its network beside what Node knows by itself.
import type { NetworkConnection } from '../ports/network.ts';

/** What Node does not know of a connection, and what concerns all of them. */
export interface Surplus {
  readonly metered: boolean | null;
  /** Something stands between here and the world, such as a page to sign in at. */
  readonly isHeldBack: boolean;
  of(name: string): Pick<NetworkConnection, 'kind' | 'gateway' | 'ssid'>;
}

export interface NetworkSource {
  surplus(): Promise<Surplus>;
  /** Calls back when it may have changed. */
  listen(changed: () => void): () => void;
}
