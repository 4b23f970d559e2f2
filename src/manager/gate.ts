// What holds a partnership back that would start by itself, and waiting until nothing does. A person
// or a program that asks is never held here: that is "run anyway".
import type { Hold } from '../model/hold.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Request, RequestId } from '../model/request.ts';
import { everything, type Standing } from '../model/standing.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Judgement } from '../trigger/core/conditions.ts';
import type { Lookout } from '../trigger/lookout.ts';
import { Bell } from './bell.ts';

export interface GatePorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly lookout: Lookout;
  /** Since when a handler is not started any more; null: it is. */
  handlerDisabledSince(name: string): number | null;
}

/** What holds something back is looked at again after so long, whatever was said of it. */
const lookAgainMs = 60_000;

export class Gate {
  readonly #ports: GatePorts;
  readonly #bell: Bell;
  /** Requests that may still begin while the computer is about to sleep or go down. */
  #leaving: ReadonlySet<RequestId> | null = null;

  constructor(ports: GatePorts) {
    this.#ports = ports;
    this.#bell = new Bell(ports.clock);
  }

  /** Something changed: everybody looks again. */
  ring(): void {
    this.#ports.lookout.forget();
    this.#bell.ring();
  }

  /** Null: it stays up. */
  goDown(leaving: ReadonlySet<RequestId> | null): void {
    this.#leaving = leaving;
    this.#bell.ring();
  }

  /** `request` null: of one that would start now. */
  async holds(partnership: Partnership, request: Request | null): Promise<Judgement> {
    const { store, clock, lookout } = this.#ports;
    const { conditions } = partnership.terms;
    const [{ judge }, own, all, facts] = await Promise.all([
      import('../trigger/core/conditions.ts'),
      store.standings.get(partnership.id),
      store.standings.get(everything),
      lookout.look(conditions),
    ]);
    const now = clock.now();
    const judgement = judge(conditions, facts, now, clock.zone());
    const isLeaving = request !== null && this.#leaving?.has(request.id) === true;
    const holds = [
      ...(partnership.enabled ? [] : [disabled]),
      ...pauses(all, own, now),
      ...backOff(own, now),
      ...this.#handlerDisabled(partnership.handler),
      ...(this.#leaving === null || isLeaving ? [] : [goingDown]),
    ];
    return { holds: [...holds, ...judgement.holds], unsure: judgement.unsure };
  }

  /** As it is then: its terms may be others than when it began to wait. The hold: it will not run at all. */
  async pass(
    { id }: Partnership,
    request: Request,
    withdrawn: AbortSignal,
  ): Promise<Partnership | 'withdrawn' | Hold> {
    const wait = this.#bell.ear();
    for (;;) {
      if (withdrawn.aborted) return 'withdrawn';
      const partnership = await this.#ports.store.partnerships.get(id);
      if (partnership === null) return removed;
      if (!partnership.enabled) return disabled;
      const { holds } = await this.holds(partnership, request);
      if (holds.length === 0) return partnership;
      await wait(lookAgainAfter(holds, this.#ports.clock.now()), withdrawn);
    }
  }

  #handlerDisabled(name: string): readonly Hold[] {
    const since = this.#ports.handlerDisabledSince(name);
    if (since === null) return [];
    const text = `Its handler ${name} failed so often that it is not started any more. Once it is mended, syncmgr retry starts it again.`;
    return [{ kind: 'handler-disabled', text, observed: null, until: null }];
  }
}

/** Milliseconds from now. */
export function lookAgainAfter(holds: readonly Hold[], now: number): number {
  const ends = holds.flatMap(({ until }) => (until === null ? [] : [until - now]));
  return Math.max(1, Math.min(lookAgainMs, ...ends));
}

const disabled: Hold = {
  kind: 'disabled',
  text: 'It is disabled. syncmgr enable lets it run again.',
  observed: null,
  until: null,
};

const removed: Hold = { ...disabled, text: 'It was removed.' };

const goingDown: Hold = {
  kind: 'going-down',
  text: 'The computer is about to sleep or to go down. It runs when it is back.',
  observed: null,
  until: null,
};

function pauses(all: Standing, own: Standing, now: number): readonly Hold[] {
  const paused = ({ pause }: Standing) =>
    pause !== null && (pause.until === null || pause.until > now);
  const hold = (kind: Hold['kind'], text: string, { pause }: Standing): Hold => {
    return { kind, text, observed: null, until: pause?.until ?? null };
  };
  const whole = 'Everything is paused. syncmgr resume goes on.';
  return [
    ...(paused(all) ? [hold('all-paused', whole, all)] : []),
    ...(paused(own) ? [hold('paused', 'It is paused. syncmgr resume goes on.', own)] : []),
  ];
}

function backOff({ backOff: wait, lastError }: Standing, now: number): readonly Hold[] {
  if (wait === null || wait.until <= now) return [];
  const times = wait.failures === 1 ? 'once' : `${wait.failures} times in a row`;
  const text = `It failed ${times} and is tried again later. syncmgr retry tries it now.`;
  return [{ kind: 'back-off', text, observed: lastError?.text ?? null, until: wait.until }];
}
