// One request while it is carried out: who takes part, the choice that may wait, and its end.
import type { ItemId } from '../model/item.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Request } from '../model/request.ts';
import type { SessionId } from '../model/session.ts';
import { Claims, type Release } from '../queue/claims.ts';
import type { Turn } from '../queue/local.ts';
import type { Shared } from './deps.ts';
import type { Part } from './part.ts';
import { isByHand, takesPart } from './preferences.ts';
import { seatCount } from './seats.ts';

export type Ticked = Readonly<Record<SessionId, readonly ItemId[]>>;

export class Round {
  readonly turn: Turn;
  readonly world: Shared;
  #connected: 'yes' | 'no' = 'no';
  readonly turns: Claims;
  readonly parts: Part[] = [];
  /** `lost`: withdrawn, or carried out by another process. */
  owner: 'us' | 'lost' = 'us';
  wish: 'go on' | 'cancelled' = 'go on';
  /** Resolves with the items a person chose. */
  readonly choice = Promise.withResolvers<Ticked>();

  constructor(turn: Turn, world: Shared) {
    this.turn = turn;
    this.world = world;
    this.turns = new Claims((seat) => seatCount(world, seat));
  }

  get request(): Request {
    return this.turn.request;
  }

  /** One request that may ask the person something after another (mobsync A42). */
  async interactivePlace(): Promise<Release> {
    const place = await this.world.claims.claim({ names: ['interactive'] }, this.turn.withdrawn);
    return place ?? (() => {});
  }

  /** Stops its sessions, those that have not begun yet included. */
  cancel(): void {
    this.wish = 'cancelled';
    for (const part of this.parts) part.stop();
  }

  /** Its first session begins. What is connected now stays so until the request ends. */
  begin(): void {
    if (this.#connected === 'yes') return;
    this.#connected = 'yes';
    this.world.pool.enter();
  }

  /** Resolves when the request and its sessions are recorded as ended. */
  async end(): Promise<void> {
    const { world, request } = this;
    if (this.#connected === 'yes') await world.pool.leave();
    const endings = this.parts.map((part) => part.runner.phase);
    world.retries.delete(request.id);
    world.impatient.delete(request.id);
    const ended = this.owner === 'lost' ? null : world.queue().end(request, { endings });
    await Promise.all([ended, ...this.parts.map((part) => part.recorder.durable())]);
  }
}

/** Whether the sessions of the request keep step with each other, and the request with others. */
export async function isInTurn(
  { request, world }: Round,
  partnerships: readonly Partnership[],
): Promise<boolean> {
  if (request.interactive) return true;
  const wanted = partnerships.map(({ handler }) => handler);
  // A name that is not registered is its session's failure, later.
  const handlers = await Promise.all(
    wanted.map((name) => world.deps.handlers.get(name).catch(() => null)),
  );
  return handlers.some((handler) => handler?.inTurn === true);
}

/** The partnerships a request is about, in order of creation if it names none. */
export async function concerned({ request, world }: Round): Promise<Partnership[]> {
  const { partnerships, preferences } = world.deps.store;
  const { trigger } = request;
  if (request.partnerships !== null) {
    const named = await Promise.all(request.partnerships.map((id) => partnerships.get(id)));
    return named.filter(
      (one) => one !== null && (one.enabled || isByHand(trigger)),
    ) as Partnership[];
  }
  const all = (await partnerships.list()).filter(({ enabled, adHoc }) => enabled && !adHoc);
  const parts = await Promise.all(
    all.map(async (one) => {
      const stored = isByHand(trigger) ? [] : await preferences.list(one.id);
      return takesPart(one, stored, trigger, request.connection) ? [one] : [];
    }),
  );
  return parts.flat();
}
