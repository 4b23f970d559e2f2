// A handler over a little world in memory: boxes, each with a left and a right side, and names with a
// text on each. It can all that a handler can; a test may give it one vice.
import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from '../../src/model/json.ts';
import type { PlanChange } from '../../src/model/plan.ts';
import type { ConflictSubject, Handler } from '../../src/ports/handler.ts';
import {
  type Context,
  defineHandler,
  type HandlerDefinition,
  type Resolution,
} from '../../src/sdk/handler.ts';

type Side = Record<string, string>;

interface Box {
  left: Side;
  right: Side;
  /** What both sides last agreed on. */
  agreed: Side;
}

export class Boxes {
  #boxes: Record<string, Box> = {};
  /** Milliseconds that one change takes. */
  readonly paceMs: number;

  constructor(paceMs = 1) {
    this.paceMs = paceMs;
    this.layOut();
  }

  layOut(): void {
    const full = (): Box => ({
      left: { ...Object.fromEntries(twenty.map((at) => [`new ${at}`, 'x'])), both: 'left' },
      right: { both: 'right', old: 'y' },
      agreed: { both: 'before', old: 'y' },
    });
    this.#boxes = { first: full(), second: full(), third: full() };
  }

  get ids(): readonly string[] {
    return Object.keys(this.#boxes);
  }

  box(id: string): Box {
    const box = this.#boxes[id];
    if (box === undefined) throw new Error(`there is no box ${id}`);
    return box;
  }

  fingerprint(): string {
    return JSON.stringify(this.#boxes);
  }

  changes(id: string): PlanChange[] {
    const { left, right, agreed } = this.box(id);
    const create = Object.keys(left).filter((name) => right[name] === undefined);
    const gone = Object.keys(right).filter(
      (name) => left[name] === undefined && agreed[name] === right[name],
    );
    const change = (kind: PlanChange['kind'], path: string): PlanChange => ({
      item: id,
      side: 'right',
      kind,
      path,
      bytes: kind === 'create' ? 1 : 0,
      detail: { expected: right[path] ?? null },
    });
    return [
      ...create.map((name) => change('create', name)),
      ...gone.map((name) => change('delete', name)),
    ];
  }

  carryOut({ item, kind, path }: PlanChange): void {
    const { left, right, agreed } = this.box(item);
    if (kind === 'delete') {
      delete right[path];
      delete agreed[path];
    } else {
      const text = left[path] ?? '';
      right[path] = text;
      agreed[path] = text;
    }
  }

  conflicts(id: string): string[] {
    const { left, right, agreed } = this.box(id);
    return Object.keys(left).filter(
      (name) =>
        right[name] !== undefined && left[name] !== right[name] && agreed[name] !== left[name],
    );
  }
}

const twenty = Array.from({ length: 20 }, (_, at) => at);

/** What a session keeps between prepare and synchronize. */
interface State {
  changes: readonly PlanChange[];
}

type BoxesContext = Context<State>;

type Good = HandlerDefinition<State> &
  Required<Pick<HandlerDefinition<State>, 'prepare' | 'synchronizeItem' | 'resolve'>>;

export type BoxesVice = (good: Good, boxes: Boxes) => Partial<HandlerDefinition<State>>;

export function boxesHandler(boxes: Boxes, vice: BoxesVice = () => ({})): Handler {
  const good = goodDefinition(boxes);
  return defineHandler({ ...good, ...vice(good, boxes) });
}

function goodDefinition(boxes: Boxes): Good {
  let held = Promise.resolve();
  let release = () => {};
  return {
    name: 'boxes',
    open: async () => ({ changes: [] }),
    items: async () => boxes.ids.map((id) => ({ id, name: `Box ${id}` })),
    prepare: async ({ state, items, signal }, { approved }) => {
      signal.throwIfAborted();
      state.changes = [...(approved?.changes() ?? items.flatMap((id) => boxes.changes(id)))];
      return { changes: state.changes, facts: [] };
    },
    synchronizeItem: async (context, id, signal) => {
      report(boxes, context, id);
      const mine = context.state.changes.filter(({ item }) => item === id);
      const counts: Record<string, number> = {};
      for (const [value, change] of mine.entries()) {
        await held;
        await pause(boxes.paceMs);
        signal.throwIfAborted();
        boxes.carryOut(change);
        context.progress(id, { value: value + 1, max: mine.length, text: change.path });
        const key = `${change.side}.${change.kind}`;
        counts[key] = (counts[key] ?? 0) + 1;
      }
      return { counts, bytes: mine.length };
    },
    pause: (_, paused) => {
      if (paused) {
        const gate = Promise.withResolvers<void>();
        [held, release] = [gate.promise, gate.resolve];
      } else release();
    },
    properties: async () => ({ next: 'nothing' }),
    showError: async () => ({ next: 'nothing' }),
    resolve: async (_, conflict, resolution) => resolve(boxes, conflict, resolution),
    undo: async (_, { item }, undo) => {
      Object.assign(boxes.box(item), structuredClone(undo));
    },
  };
}

function report(boxes: Boxes, context: BoxesContext, id: string): void {
  const { left, right } = boxes.box(id);
  for (const subject of boxes.conflicts(id)) {
    context.conflict({
      item: id,
      subject,
      kind: 'edit-edit',
      versions: [version('left', left[subject]), version('right', right[subject])],
    });
    const text = `${subject} was changed on both sides.`;
    context.log('warning', text, { item: id, subject, errorId: subject, jump: true });
  }
  context.conflictsSeen(id);
}

const version = (side: string, text: string | undefined) => ({
  side,
  present: text !== undefined,
  kind: 'text',
  size: text?.length ?? null,
  modifiedAt: null,
  digest: text ?? null,
  location: null,
});

function resolve(boxes: Boxes, { item, subject }: ConflictSubject, resolution: Resolution): Json {
  const box = boxes.box(item);
  const before = structuredClone(box);
  const side = resolution.choice === 'keep' && resolution.side === 'right' ? box.right : box.left;
  const text = side[subject] ?? '';
  for (const one of [box.left, box.right, box.agreed]) one[subject] = text;
  return before as unknown as Json;
}
