// Handler H of the checklist: an object of the old contract whose every call a test can watch, answer
// or hold back. By itself it behaves: two checked items, and every call completes before it returns.
import {
  E_NOTIMPL,
  type EventualHRESULT,
  FAILED,
  type HWND,
  IID_ISyncMgrSynchronize,
  type ISyncMgrEnumItems,
  type ISyncMgrSynchronize,
  type ISyncMgrSynchronizeCallback,
  ItemEnumerator,
  type Out,
  S_OK,
  type SYNCMGRHANDLERINFO,
  type SYNCMGRITEM,
  Unknown,
} from '../../src/mobsync/mobsync.ts';
import { item } from './items.ts';

export interface Script {
  readonly name?: string;
  /** SYNCMGRHANDLERFLAGS. */
  readonly flags?: number;
  readonly items?: readonly SYNCMGRITEM[];
  Initialize?(at: OldHandler): EventualHRESULT;
  GetHandlerInfo?(at: OldHandler): EventualHRESULT;
  EnumSyncMgrItems?(at: OldHandler, cell: Out<ISyncMgrEnumItems | null>): EventualHRESULT;
  ShowProperties?(at: OldHandler, item: string): EventualHRESULT;
  SetProgressCallback?(at: OldHandler): EventualHRESULT;
  PrepareForSync?(at: OldHandler): EventualHRESULT;
  Synchronize?(at: OldHandler): EventualHRESULT;
  SetItemStatus?(at: OldHandler, item: string, status: number): EventualHRESULT;
  ShowError?(at: OldHandler, errorId: string): EventualHRESULT;
}

/** What happened to it, in order: the name of a method, and what matters of its arguments. */
export type Call = readonly [method: string, ...details: unknown[]];

export class OldHandler extends Unknown implements ISyncMgrSynchronize {
  readonly calls: Call[] = [];
  readonly windows: (HWND | null)[] = [];
  readonly #script: Script;
  readonly #tell: (call: Call) => void;
  flags = 0;
  cookie: Uint8Array | null = null;
  chosen: readonly string[] = [];
  /** The last one it was given, kept after null so that a test can misuse it. */
  callback: ISyncMgrSynchronizeCallback | null = null;
  isReleased = false;

  constructor(script: Script, tell: (call: Call) => void) {
    super(IID_ISyncMgrSynchronize);
    this.#script = script;
    this.#tell = tell;
  }

  /** The callback, which a script only needs while there is one. */
  get talk(): ISyncMgrSynchronizeCallback {
    if (this.callback === null) throw new Error('no callback was set yet');
    return this.callback;
  }

  count(method: string): number {
    return this.calls.filter(([name]) => name === method).length;
  }

  methods(): string[] {
    return this.calls.map(([name]) => name);
  }

  Initialize(reserved: number, flags: number, cbCookie: number, cookie: Uint8Array | null) {
    this.flags = flags;
    this.cookie = cookie;
    this.#note('Initialize', reserved, flags, cbCookie, cookie);
    return this.#script.Initialize?.(this) ?? S_OK;
  }

  GetHandlerInfo(cell: Out<SYNCMGRHANDLERINFO | null>): EventualHRESULT {
    this.#note('GetHandlerInfo');
    const { name = 'Old handler', flags = 0 } = this.#script;
    cell.value = { SyncMgrHandlerFlags: flags, wszHandlerName: name };
    return this.#script.GetHandlerInfo?.(this) ?? S_OK;
  }

  EnumSyncMgrItems(cell: Out<ISyncMgrEnumItems | null>): EventualHRESULT {
    this.#note('EnumSyncMgrItems');
    cell.value = new ItemEnumerator(this.#script.items ?? [item(1), item(2)]);
    return this.#script.EnumSyncMgrItems?.(this, cell) ?? S_OK;
  }

  GetItemObject(_item: string, _riid: string, cell: Out<Unknown | null>): EventualHRESULT {
    this.#note('GetItemObject');
    cell.value = null;
    return E_NOTIMPL;
  }

  async ShowProperties(window: HWND | null, itemId: string): Promise<number> {
    this.#note('ShowProperties', itemId);
    this.windows.push(window);
    const shown = this.#script.ShowProperties?.(this, itemId);
    if (shown === undefined) this.talk.ShowPropertiesCompleted(S_OK);
    return shown ?? S_OK;
  }

  SetProgressCallback(callback: ISyncMgrSynchronizeCallback | null): EventualHRESULT {
    this.#note('SetProgressCallback', callback === null ? null : 'live');
    this.callback = callback ?? this.callback;
    return this.#script.SetProgressCallback?.(this) ?? S_OK;
  }

  async PrepareForSync(count: number, items: readonly string[], window: HWND | null) {
    this.chosen = [...items];
    this.#note('PrepareForSync', count, this.chosen);
    this.windows.push(window);
    const prepared = this.#script.PrepareForSync?.(this);
    if (prepared === undefined) this.talk.PrepareForSyncCompleted(S_OK);
    const hr = (await prepared) ?? S_OK;
    this.#note('PrepareForSync returned');
    return hr;
  }

  async Synchronize(window: HWND | null): Promise<number> {
    this.#note('Synchronize');
    this.windows.push(window);
    const synchronized = this.#script.Synchronize?.(this);
    if (synchronized === undefined) this.talk.SynchronizeCompleted(S_OK);
    const hr = (await synchronized) ?? S_OK;
    this.#note('Synchronize returned');
    return hr;
  }

  SetItemStatus(itemId: string, status: number): EventualHRESULT {
    this.#note('SetItemStatus', itemId, status);
    return this.#script.SetItemStatus?.(this, itemId, status) ?? S_OK;
  }

  async ShowError(window: HWND | null, errorId: string): Promise<number> {
    this.#note('ShowError', errorId);
    this.windows.push(window);
    const shown = this.#script.ShowError?.(this, errorId);
    if (shown === undefined) this.talk.ShowErrorCompleted(S_OK, 0, null);
    const hr = (await shown) ?? S_OK;
    if (FAILED(hr)) this.#note('ShowError failed');
    return hr;
  }

  protected override released(): void {
    this.isReleased = true;
    this.#note('Release');
  }

  #note(...call: Call): void {
    this.calls.push(call);
    this.#tell(call);
  }
}
