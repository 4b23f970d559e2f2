// Watches one handler object from the handler's side, and says where the manager broke the contract:
// a call out of order or out of its window, a completion taken that was not waited for, or refused
// that was. It knows the states of section 2.0 and nothing of how the manager keeps to them.
import { type HRESULT, S_OK } from '../../src/mobsync/mobsync.ts';

type Work = 'PrepareForSync' | 'Synchronize';

export class Witness {
  readonly #complain: (fault: string) => void;
  #initialized = 0;
  #callback: 'none' | 'live' | 'null' = 'none';
  /** Calls that keep its release waiting: the first question, and the last good-bye. */
  #pending = 0;
  #life: 'held' | 'released' = 'held';
  #inside: Work | null = null;
  /** What the call that is under way, or that returned, was completed with. */
  #completion: HRESULT | null = null;
  #window: Work | null = null;
  #prepared = false;

  constructor(complain: (fault: string) => void) {
    this.#complain = complain;
  }

  called(method: string, live = false, status = 1): void {
    if (this.#life === 'released') this.#complain(`${method} after Release`);
    if (method === 'Initialize') this.#initialized += 1;
    if (this.#initialized !== 1) this.#complain(`${method} with ${this.#initialized} Initialize`);
    if (holdsUp(method)) this.#pending += 1;
    if (method === 'SetProgressCallback') this.#callback = live ? 'live' : 'null';
    if (needsCallback.includes(method) && this.#callback !== 'live') {
      this.#complain(`${method} without a callback`);
    }
    if (method === 'PrepareForSync' || method === 'Synchronize') this.#begin(method);
    if (method === 'SetItemStatus') this.#told(status);
  }

  returned(method: string, hr: unknown): void {
    if (holdsUp(method)) this.#pending -= 1;
    if (method !== this.#inside) return;
    this.#inside = null;
    const completion = this.#completion;
    const isAccepted = Number.isInteger(hr) && (hr as number) === S_OK;
    if (isAccepted && completion === null) this.#window = method as Work;
    if (method === 'PrepareForSync') this.#prepared = isAccepted && completion === S_OK;
  }

  completed(method: string, hr: unknown, answer: unknown): void {
    const work = method.slice(0, -'Completed'.length);
    if (work !== 'PrepareForSync' && work !== 'Synchronize') return;
    const isOpen = this.#window === work || (this.#inside === work && this.#completion === null);
    const isWaitedFor = isOpen && this.#callback === 'live';
    if (isWaitedFor !== (answer === S_OK)) {
      this.#complain(`${method} answered ${answer} though it was ${isWaitedFor ? '' : 'not '}due`);
    }
    if (answer !== S_OK) return;
    const outcome = hr === S_OK ? S_OK : -1;
    if (this.#window === work) {
      this.#window = null;
      if (work === 'PrepareForSync') this.#prepared = outcome === S_OK;
    } else {
      this.#completion = outcome;
    }
  }

  released(): void {
    if (this.#life === 'released') this.#complain('Release twice');
    if (this.#callback === 'live') this.#complain('Release with a callback');
    this.#life = 'released';
  }

  /** The manager has closed: nobody may be left behind. */
  atTheEnd(): void {
    if (this.#pending === 0 && this.#life === 'held') this.#complain('it was never released');
  }

  #begin(work: Work): void {
    if (this.#inside !== null) this.#complain(`${work} inside ${this.#inside}`);
    if (this.#window !== null) this.#complain(`${work} before ${this.#window} was completed`);
    if (work === 'Synchronize' && !this.#prepared) this.#complain('Synchronize unprepared');
    this.#inside = work;
    this.#completion = null;
    this.#prepared = false;
  }

  #told(status: number): void {
    if (this.#window === null) this.#complain('SetItemStatus outside its windows');
    if (status !== 1) this.#complain(`SetItemStatus with ${status}`);
  }
}

const holdsUp = (method: string) => method === 'Initialize' || method === 'SetProgressCallback';
const needsCallback = ['PrepareForSync', 'Synchronize', 'ShowProperties', 'ShowError'];
