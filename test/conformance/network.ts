// What every implementation of ports/network.ts must do. The bed can change the network; its port at
// 127.0.0.1 stays reachable throughout.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Network, NetworkState } from '../../src/ports/network.ts';

export interface NetworkBed {
  readonly network: Network;
  /** Brings a connection with this name and address up, and takes it down again. */
  up(name: string, cidr: string): Promise<void>;
  down(name: string): Promise<void>;
  readonly answering: { readonly host: string; readonly port: number };
  readonly refusing: { readonly host: string; readonly port: number };
  /** A path that is there, and one that is not. */
  readonly there: string;
  readonly gone: string;
}

export function networkConformance(title: string, open: () => Promise<NetworkBed>): void {
  describe(title, () => {
    test(`${title}: a connection that comes up is seen, with its address, and told`, async () => {
      const bed = await open();
      assert.equal((await bed.network.state()).online, false);
      const told = await watching(bed, ({ online }) => online === true);
      await bed.up('conn0', '192.0.2.7/24');
      const state = await told.state;
      const connection = state.connections.find(({ name }) => name === 'conn0');
      assert.ok(connection?.addresses.includes('192.0.2.7/24'), JSON.stringify(state));
      assert.deepEqual(await bed.network.state(), state);
      const lost = await watching(bed, ({ online }) => online === false);
      await bed.down('conn0');
      assert.deepEqual((await lost.state).connections, []);
    });

    test(`${title}: whoever has ended to watch is told nothing`, async () => {
      const bed = await open();
      const states: NetworkState[] = [];
      const end = bed.network.watch((state) => states.push(state));
      end();
      const told = await watching(bed, ({ online }) => online === true);
      await bed.up('conn0', '192.0.2.7/24');
      await told.state;
      await bed.down('conn0');
      assert.deepEqual(states, []);
    });

    test(`${title}: a probe says whether something answers`, async () => {
      const { network, answering, refusing, there, gone } = await open();
      const answers = await Promise.all([
        network.probe({ kind: 'tcp', ...answering }, 20_000),
        network.probe({ kind: 'tcp', ...refusing }, 20_000),
        network.probe({ kind: 'path', path: there }, 20_000),
        network.probe({ kind: 'path', path: gone }, 20_000),
      ]);
      assert.deepEqual(answers, [true, false, true, false]);
    });
  });
}

async function watching(bed: NetworkBed, wanted: (state: NetworkState) => boolean) {
  const { promise, resolve } = Promise.withResolvers<NetworkState>();
  const end = bed.network.watch((state) => {
    if (wanted(state)) resolve(state);
  });
  // Only what differs from the first look is told; that look is over when this one is.
  await bed.network.state();
  return { state: promise.finally(end) };
}
