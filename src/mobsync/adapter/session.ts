// An object of the old contract as a session of the manager. It translates calls, codes and
// structures and decides nothing: what is called when, and what follows, is the kernel's business.
import type {
  Callback,
  HandlerInfo,
  HandlerSession,
  ItemList,
  Opening,
  Pass,
  PrepareCall,
  Prepared,
  Shown,
  Synchronized,
} from '../../ports/handler.ts';
import { giveInbox } from '../conflict-dialog.ts';
import {
  SYNCMGRHANDLER_ALWAYSLISTHANDLER,
  SYNCMGRHANDLER_HASPROPERTIES,
} from '../constants/handler-info.ts';
import { SYNCMGRSTATUS_SKIPPED } from '../constants/status.ts';
import { GUID_NULL } from '../guid.ts';
import { FAILED, type HRESULT, S_FALSE, S_OK, SUCCEEDED } from '../hresult.ts';
import type { ISyncMgrSynchronize } from '../interfaces/synchronize.ts';
import { isRightSize, type SYNCMGRHANDLERINFO } from '../structures.ts';
import type { HWND, Out } from '../unknown.ts';
import { answered, answeredRecord, answerOf, tell } from './calls.ts';
import { Gate } from './gate.ts';
import { listItems } from './listing.ts';
import { ProgressCallback } from './progress-callback.ts';

export class OldSession implements HandlerSession {
  readonly #handler: ISyncMgrSynchronize;
  readonly #text: string;
  readonly #window: HWND;
  readonly #ownWindow: HWND | null;
  readonly #gates = {
    prepare: new Gate<HRESULT>(),
    synchronize: new Gate<HRESULT>(),
    properties: new Gate<Shown>(),
    error: new Gate<Shown>(),
  };
  #callback: ProgressCallback | null = null;

  /**
   * @param handler An object on which Initialize succeeded.
   * @param text The text of its registration, which stands in for a name it does not give (A17).
   */
  constructor(handler: ISyncMgrSynchronize, { partnership, interactive }: Opening, text: string) {
    this.#handler = handler;
    this.#text = text;
    this.#window = { owner: partnership.name };
    this.#ownWindow = interactive ? this.#window : null;
  }

  async describe(): Promise<HandlerInfo> {
    const cell: Out<SYNCMGRHANDLERINFO | null> = { value: null };
    const hr = await answerOf(() => this.#handler.GetHandlerInfo(cell));
    const info = cell.value;
    if (FAILED(hr) || !info || !isRightSize('SYNCMGRHANDLERINFO', info)) {
      return { name: this.#text, hasProperties: false, alwaysListed: false };
    }
    const { wszHandlerName, SyncMgrHandlerFlags: flags } = info;
    return {
      name: wszHandlerName || this.#text,
      hasProperties: (flags & SYNCMGRHANDLER_HASPROPERTIES) !== 0,
      alwaysListed: (flags & SYNCMGRHANDLER_ALWAYSLISTHANDLER) !== 0,
    };
  }

  items(): Promise<ItemList> {
    return listItems(this.#handler);
  }

  async attach(manager: Callback): Promise<void> {
    const callback = new ProgressCallback(manager, this.#gates);
    this.#callback = callback;
    giveInbox(this.#window, callback);
    const hr = await answerOf(() => this.#handler.SetProgressCallback(callback));
    if (FAILED(hr)) throw answered('SetProgressCallback', hr);
  }

  async prepare({ items }: PrepareCall): Promise<Pass<Prepared>> {
    const { hr, pass } = await this.#gates.prepare.pass(
      () => this.#handler.PrepareForSync(items.length, [...items], this.#ownWindow, 0),
      (answer) => answer === S_OK,
    );
    if (pass !== null) return after(pass, (done) => prepared('PrepareForSyncCompleted', done));
    const noWindow = { outcome: 'refused', error: null } as const;
    return { ended: hr === S_FALSE ? noWindow : prepared('PrepareForSync', hr) };
  }

  async synchronize(): Promise<Pass<Synchronized>> {
    const { hr, pass } = await this.#gates.synchronize.pass(
      () => this.#handler.Synchronize(this.#ownWindow),
      (answer) => answer === S_OK,
    );
    if (pass === null) return { ended: synchronized('Synchronize', hr) };
    return after(pass, (done) => synchronized('SynchronizeCompleted', done));
  }

  /** Throws outside the windows: then it was not told. */
  setItemStatus(item: string): void {
    const { prepare, synchronize } = this.#gates;
    if (!prepare.isWaiting && !synchronize.isWaiting) throw new Error('the window is shut');
    tell(() => this.#handler.SetItemStatus(item, SYNCMGRSTATUS_SKIPPED));
  }

  async showError(errorId: string): Promise<Pass<Shown>> {
    const { hr, pass } = await this.#gates.error.pass(
      () => this.#handler.ShowError(this.#window, errorId),
      SUCCEEDED,
    );
    if (pass === null) throw answered('ShowError', hr);
    return pass;
  }

  async properties(item: string | null): Promise<Pass<Shown>> {
    const { hr, pass } = await this.#gates.properties.pass(
      () => this.#handler.ShowProperties(this.#window, item ?? GUID_NULL),
      SUCCEEDED,
    );
    if (pass === null) throw answered('ShowProperties', hr);
    return pass;
  }

  async close(): Promise<void> {
    const callback = this.#callback;
    this.#callback = null;
    callback?.detach();
    // Whatever was still being shown is not waited for any more.
    this.#gates.properties.complete({ next: 'nothing' });
    this.#gates.error.complete({ next: 'nothing' });
    if (callback !== null) await answerOf(() => this.#handler.SetProgressCallback(null));
    callback?.Release();
    tell(() => this.#handler.Release());
  }
}

function prepared(method: string, hr: HRESULT): Prepared {
  if (hr === S_OK) return { outcome: 'ready', plan: null };
  return { outcome: 'refused', error: answeredRecord(method, hr) };
}

function synchronized(method: string, hr: HRESULT): Synchronized {
  const nothing = { counts: {}, bytes: 0 };
  if (SUCCEEDED(hr)) return { outcome: 'done', error: null, ...nothing };
  return { outcome: 'failed', error: answeredRecord(method, hr), ...nothing };
}

function after<T, U>(pass: Pass<T>, then: (value: T) => U): Pass<U> {
  if ('ended' in pass) return { ended: then(pass.ended) };
  return { pending: pass.pending.then(then) };
}
