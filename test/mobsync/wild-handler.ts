// A handler that behaves as its course says, and writes down every answer it gets.
import {
  type EventualHRESULT,
  IID_ISyncMgrSynchronize,
  type ISyncMgrEnumItems,
  type ISyncMgrSynchronize,
  type ISyncMgrSynchronizeCallback,
  ItemEnumerator,
  type Out,
  SYNCMGRERRORFLAG_ENABLEJUMPTEXT,
  type SYNCMGRHANDLERINFO,
  SYNCMGRITEM_HASPROPERTIES,
  Unknown,
} from '../../src/mobsync/mobsync.ts';
import type { Conduct, Talk } from './course.ts';
import { guid, item } from './items.ts';
import { Witness } from './witness.ts';

/** Hears every answer of the face; `thrown` if it threw instead. */
export type Judge = (method: string, answer: unknown, thrown: boolean) => void;

export class WildHandler extends Unknown implements ISyncMgrSynchronize {
  readonly #conducts: Readonly<Record<string, Conduct>>;
  readonly #judge: Judge;
  readonly witness: Witness;
  #callback: ISyncMgrSynchronizeCallback | null = null;

  constructor(conducts: Readonly<Record<string, Conduct>>, judge: Judge) {
    super(IID_ISyncMgrSynchronize);
    this.#conducts = conducts;
    this.#judge = judge;
    this.witness = new Witness((fault) => judge('the manager', fault, true));
  }

  /** Says it to the last callback it was given, also when that was taken away. */
  say({ method, of }: Talk): void {
    const callback = this.#callback;
    if (callback === null) return;
    const spoken = callback[method as keyof ISyncMgrSynchronizeCallback] as (
      ...of: readonly unknown[]
    ) => unknown;
    const judge = this.#judge;
    try {
      const answer = spoken.call(callback, ...of);
      if (answer instanceof Promise) {
        answer.then(
          (hr) => judge(method, hr, false),
          (error) => judge(method, error, true),
        );
      } else {
        this.witness.completed(method, of[0], answer);
        judge(method, answer, false);
      }
    } catch (error) {
      judge(method, error, true);
    }
  }

  Initialize = () => this.#behave('Initialize');
  ShowProperties = () => this.#behave('ShowProperties');
  PrepareForSync = () => this.#behave('PrepareForSync');
  Synchronize = () => this.#behave('Synchronize');
  SetItemStatus = (_item: string, status: number) => this.#behave('SetItemStatus', false, status);
  ShowError = () => this.#behave('ShowError');
  GetItemObject = () => this.#behave('GetItemObject');

  GetHandlerInfo(cell: Out<SYNCMGRHANDLERINFO | null>): EventualHRESULT {
    cell.value = { SyncMgrHandlerFlags: 5, wszHandlerName: 'Wild' };
    return this.#behave('GetHandlerInfo');
  }

  EnumSyncMgrItems(cell: Out<ISyncMgrEnumItems | null>): EventualHRESULT {
    const dwFlags = SYNCMGRITEM_HASPROPERTIES;
    cell.value = new ItemEnumerator([item(1, { dwFlags }), item(2)]);
    return this.#behave('EnumSyncMgrItems');
  }

  SetProgressCallback(callback: ISyncMgrSynchronizeCallback | null): EventualHRESULT {
    this.#callback = callback ?? this.#callback;
    // There is a line to open in most courses.
    callback?.LogError(3, 'open me', {
      mask: 3,
      dwSyncMgrErrorFlags: SYNCMGRERRORFLAG_ENABLEJUMPTEXT,
      ErrorID: guid(1),
    });
    return this.#behave('SetProgressCallback', callback !== null);
  }

  protected override released(): void {
    this.witness.released();
  }

  #behave(method: string, live = false, status = 1): EventualHRESULT {
    this.witness.called(method, live, status);
    const conduct = this.#conducts[method];
    if (conduct === undefined) return 0;
    for (const talk of conduct.inside) this.say(talk);
    const code = conduct.code as number;
    const back = (hr: unknown) => this.witness.returned(method, hr);
    const endings: Record<Conduct['ending'], () => EventualHRESULT> = {
      returns: () => {
        back(code);
        return code;
      },
      promises: async () => {
        await Promise.resolve();
        back(code);
        return code;
      },
      throws: () => {
        back(null);
        throw new Error(`${method} throws`);
      },
      rejects: async () => {
        back(null);
        throw new Error(`${method} rejects`);
      },
      never: () => new Promise<number>(() => {}),
    };
    return endings[conduct.ending]();
  }
}
