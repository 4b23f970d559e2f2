// A handler whose every call a test can watch, answer, hold back or let fail. By itself it behaves:
// two items, both calls complete before they return.
import type { Item, ItemId } from '../../src/model/item.ts';
import type {
  Callback,
  Handler,
  HandlerSession,
  Opening,
  Pass,
  PrepareCall,
  Prepared,
  Synchronized,
} from '../../src/ports/handler.ts';

export interface Script {
  open?(opening: Opening): boolean | Promise<boolean>;
  describe?: HandlerSession['describe'];
  items?: HandlerSession['items'];
  prepare?(call: PrepareCall, at: Scene): Promise<Pass<Prepared>>;
  synchronize?(at: Scene): Promise<Pass<Synchronized>>;
  showError?(errorId: string, at: Scene): ReturnType<NonNullable<HandlerSession['showError']>>;
  properties?: HandlerSession['properties'];
  pause?: HandlerSession['pause'];
  setBandwidth?: HandlerSession['setBandwidth'];
  resolve?: HandlerSession['resolve'];
  undo?: HandlerSession['undo'];
  close?(): Promise<void>;
}

/** What a scripted call can reach. */
export interface Scene {
  readonly callback: Callback;
  readonly opening: Opening;
  readonly items: readonly ItemId[];
}

export const item = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  name: `Item ${id}`,
  checked: true,
  hasProperties: false,
  temporary: false,
  lastUpdate: null,
  ...more,
});

export const ready: Prepared = { outcome: 'ready', plan: null };
export const done: Synchronized = { outcome: 'done', error: null, counts: {}, bytes: 0 };
export const failed: Synchronized = { outcome: 'failed', error: null, counts: {}, bytes: 0 };

export class ScriptedHandler implements Handler {
  readonly name: string;
  /** Every call in order, as `name` or `name detail`. */
  readonly calls: string[] = [];
  readonly openings: Opening[] = [];
  script: Script;
  watches: NonNullable<Handler['watches']> = () => null;
  callback: Callback | null = null;
  readonly #tell: (call: string) => void;

  /** `tell` hears the calls of several handlers in one order. */
  constructor(name: string, script: Script = {}, tell: (call: string) => void = () => {}) {
    this.name = name;
    this.script = script;
    this.#tell = tell;
  }

  async open(opening: Opening): Promise<HandlerSession | null> {
    this.#note('open');
    this.openings.push(opening);
    if ((await this.script.open?.(opening)) === false) return null;
    return this.#session(opening);
  }

  count(call: string): number {
    return this.calls.filter((one) => one === call || one.startsWith(`${call} `)).length;
  }

  #session(opening: Opening): HandlerSession {
    const { script } = this;
    let items: readonly ItemId[] = [];
    const scene = (): Scene => {
      if (this.callback === null) throw new Error('not attached');
      return { callback: this.callback, opening, items };
    };
    const { showError, properties, pause, setBandwidth, resolve, undo } = script;
    return {
      describe: () => {
        this.#note('describe');
        const plain = { name: this.name, hasProperties: false, alwaysListed: false };
        return script.describe?.() ?? Promise.resolve(plain);
      },
      items: () => {
        this.#note('items');
        const list = { complete: true, items: [item('a'), item('b')] };
        return script.items?.() ?? Promise.resolve(list);
      },
      attach: async (callback) => {
        this.#note('attach');
        this.callback = callback;
      },
      prepare: (call) => {
        items = call.items;
        this.#note(`prepare ${items.join(',')}`);
        return script.prepare?.(call, scene()) ?? Promise.resolve({ ended: ready });
      },
      synchronize: () => {
        this.#note('synchronize');
        return script.synchronize?.(scene()) ?? Promise.resolve({ ended: done });
      },
      setItemStatus: (id, status) => this.#note(`setItemStatus ${id} ${status}`),
      close: () => {
        this.#note('close');
        return script.close?.() ?? Promise.resolve();
      },
      ...(showError && {
        showError: (errorId) => {
          this.#note(`showError ${errorId}`);
          return showError(errorId, scene());
        },
      }),
      ...(properties && {
        properties: (id) => {
          this.#note(`properties ${id}`);
          return properties(id);
        },
      }),
      ...(pause && {
        pause: (paused) => {
          this.#note(`pause ${paused}`);
          pause(paused);
        },
      }),
      ...(setBandwidth && {
        setBandwidth: (rate) => {
          this.#note(`setBandwidth ${rate}`);
          setBandwidth(rate);
        },
      }),
      ...(resolve && {
        resolve: (conflict, resolution) => {
          this.#note(`resolve ${conflict.subject} ${JSON.stringify(resolution)}`);
          return resolve(conflict, resolution);
        },
      }),
      ...(undo && {
        undo: (conflict, past) => {
          this.#note(`undo ${conflict.subject} ${JSON.stringify(past)}`);
          return undo(conflict, past);
        },
      }),
    };
  }

  #note(call: string): void {
    this.calls.push(call);
    this.#tell(`${this.name}: ${call}`);
  }
}
