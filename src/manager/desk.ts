// The one question that may wait for the person. That it is one is the floor's doing.
import type { Form } from '../model/event.ts';
import type { JsonObject } from '../model/json.ts';
import type { SessionId } from '../model/session.ts';
import type { QuestionDesk } from '../session/callback.ts';
import type { Question } from './manager.ts';

export class Desk implements QuestionDesk {
  readonly #present: () => boolean;
  #open: { readonly question: Question; answer(answer: JsonObject | null): void } | null = null;
  #asked = 0;

  constructor(present: () => boolean) {
    this.#present = present;
  }

  isSomebodyThere(): boolean {
    return this.#present();
  }

  get question(): Question | null {
    return this.#open?.question ?? null;
  }

  async ask(session: SessionId, form: Form): Promise<JsonObject | null> {
    const { promise, resolve } = Promise.withResolvers<JsonObject | null>();
    this.#asked += 1;
    const open = { question: { id: this.#asked, session, form }, answer: resolve };
    this.#open?.answer(null);
    this.#open = open;
    try {
      return await promise;
    } finally {
      if (this.#open === open) this.#open = null;
    }
  }

  answer(id: number, answer: JsonObject | null): void {
    if (this.#open?.question.id === id) this.#open.answer(answer);
  }

  withdraw(session: SessionId): void {
    if (this.#open?.question.session === session) this.#open.answer(null);
  }
}
