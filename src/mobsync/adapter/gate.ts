// The gate of one call that is completed by a callback, before or after it returns, once, or not at
// all (mobsync 2.0). It knows whether the call has returned, so it knows the window in which
// SetItemStatus is allowed to the very moment.
import type { Pass } from '../../ports/handler.ts';
import { E_UNEXPECTED, type EventualHRESULT, type HRESULT, S_OK } from '../hresult.ts';
import { answerOf } from './calls.ts';

type GateState = 'shut' | 'calling' | 'completed' | 'waiting';

/** `pass` is null when the method's own answer is the outcome. */
export interface Passed<T> {
  readonly hr: HRESULT;
  readonly pass: Pass<T> | null;
}

export class Gate<T> {
  #state: GateState = 'shut';
  #completion = Promise.withResolvers<T>();
  #early: { readonly value: T } | null = null;

  /** @param isAccepted Whether, after this answer, the completion is expected. */
  async pass(
    method: () => EventualHRESULT,
    isAccepted: (hr: HRESULT) => boolean,
  ): Promise<Passed<T>> {
    this.#state = 'calling';
    this.#early = null;
    this.#completion = Promise.withResolvers<T>();
    const { promise } = this.#completion;
    const hr = await answerOf(method);
    const early = this.#takeEarly();
    if (!isAccepted(hr)) {
      this.#state = 'shut';
      return { hr, pass: null };
    }
    if (early !== null) return { hr, pass: { ended: early.value } };
    this.#state = 'waiting';
    return { hr, pass: { pending: promise } };
  }

  /** S_OK if it was waited for; a second time, or in another state, E_UNEXPECTED (A27). */
  complete(value: T): HRESULT {
    if (this.#state === 'calling') {
      this.#state = 'completed';
      this.#early = { value };
      return S_OK;
    }
    if (this.#state !== 'waiting') return E_UNEXPECTED;
    this.#state = 'shut';
    this.#completion.resolve(value);
    return S_OK;
  }

  /** The method has returned, and its completion is outstanding. */
  get isWaiting(): boolean {
    return this.#state === 'waiting';
  }

  get isOpen(): boolean {
    return this.#state !== 'shut';
  }

  #takeEarly(): { readonly value: T } | null {
    const early = this.#early;
    this.#state = 'shut';
    this.#early = null;
    return early;
  }
}
