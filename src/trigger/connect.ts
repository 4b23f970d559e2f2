// A network connection came up. That is not yet a reason: the other end must answer first, and often
// does so only a while later. Until it does, or the connection goes, it is asked again.
import type { Partnership } from '../model/partnership.ts';
import type { NetworkState } from '../model/surroundings.ts';
import type { Clock } from '../ports/clock.ts';
import type { Network } from '../ports/network.ts';
import type { Taker, Trigger, TriggerDesk } from './desk.ts';
import type { Lookout } from './lookout.ts';

export interface ConnectPorts {
  readonly desk: TriggerDesk;
  readonly network: Network;
  readonly clock: Clock;
  readonly lookout: Lookout;
  /** Everybody who may be waiting for a connection; called when one came up and the other end answers. */
  reconnected(partnership: Partnership): Promise<void>;
  waiting(): Promise<readonly Partnership[]>;
  /** Anything about the network is different. */
  changed(): void;
}

const askAgainFirstMs = 2_000;
const askAgainMaxMs = 60_000;
const askFor = 600_000;

export class ConnectTrigger implements Trigger {
  readonly #ports: ConnectPorts;
  /** Connections that are up, each with the end of asking for those who wait for it. */
  readonly #up = new Map<string, AbortController>();

  constructor(ports: ConnectPorts) {
    this.#ports = ports;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { network } = this.#ports;
    const end = network.watch((state) => this.#see(state, 'came'));
    this.#see(await network.state(), 'was there');
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
    });
    end();
    for (const asking of this.#up.values()) asking.abort();
  }

  #see({ connections }: NetworkState, how: 'came' | 'was there'): void {
    const now = new Map(connections.map((one) => [identity(one), one.name]));
    for (const [one, asking] of this.#up) {
      if (now.has(one)) continue;
      asking.abort();
      this.#up.delete(one);
    }
    for (const [one, name] of now) {
      if (this.#up.has(one)) continue;
      const asking = new AbortController();
      this.#up.set(one, asking);
      if (how !== 'came') continue;
      this.#cameUp(name, asking.signal).catch((thrown: unknown) =>
        this.#ports.desk.fault('connect', thrown),
      );
    }
    if (how === 'came') this.#ports.changed();
  }

  async #cameUp(connection: string, gone: AbortSignal): Promise<void> {
    const { desk, waiting } = this.#ports;
    const [takers, waiters] = await Promise.all([desk.takers('connect', connection), waiting()]);
    await Promise.all([
      ...takers.map((taker) =>
        this.#whenItAnswers(taker.partnership, gone, () => this.#fire(taker, connection)),
      ),
      ...waiters.map((one) => this.#whenItAnswers(one, gone, () => this.#ports.reconnected(one))),
    ]);
  }

  async #fire(taker: Taker, connection: string): Promise<void> {
    await this.#ports.desk.fire('connect', taker, { connection });
  }

  async #whenItAnswers(
    { terms }: Partnership,
    gone: AbortSignal,
    act: () => Promise<void>,
  ): Promise<void> {
    const { clock, lookout } = this.#ports;
    const { target } = terms.conditions;
    const end = clock.monotonic() + askFor;
    for (let ms = askAgainFirstMs; !gone.aborted; ms = Math.min(ms * 2, askAgainMaxMs)) {
      // What cannot be found out is no reason to wait.
      if (target === null || (await lookout.answers(target)) !== false) {
        if (!gone.aborted) await act();
        return;
      }
      if (clock.monotonic() > end) return;
      await clock.sleep(ms, gone);
      lookout.forget();
    }
  }
}

/** One that has another address is another connection: the laptop is elsewhere now. */
const identity = ({ name, addresses, ssid }: NetworkState['connections'][number]) =>
  JSON.stringify([name, ssid, addresses]);
