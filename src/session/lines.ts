// The lines one open handler has logged and not taken back. They outlive a session when a retry
// follows on the same handler, and they decide whether it must stay open for its jumps (A35).
import type { LogDraft } from '../model/event.ts';
import type { SessionId } from '../model/session.ts';

interface Line {
  readonly session: SessionId;
  readonly errorId: string | null;
  readonly isProblem: boolean;
  readonly isJump: boolean;
}

export class Lines {
  #lines: Line[] = [];
  readonly #added = new Map<SessionId, number>();

  add({ session, errorId, level, jump }: LogDraft): void {
    this.#added.set(session, this.added(session) + 1);
    this.#lines.push({ session, errorId, isProblem: level === 'error', isJump: jump });
  }

  /** How many there ever were, withdrawn ones included: what a flood is measured by. */
  added(session: SessionId): number {
    return this.#added.get(session) ?? 0;
  }

  /** Takes back the lines with this errorId, or all: how many, and of which sessions. */
  withdraw(errorId: string | null): { count: number; sessions: SessionId[] } {
    const isMeant = (line: Line) => errorId === null || line.errorId === errorId;
    const gone = this.#lines.filter(isMeant);
    this.#lines = this.#lines.filter((line) => !isMeant(line));
    return { count: gone.length, sessions: [...new Set(gone.map(({ session }) => session))] };
  }

  problems(session: SessionId): number {
    return this.#lines.filter((line) => line.isProblem && line.session === session).length;
  }

  hasJumps(): boolean {
    return this.#lines.some(({ isJump }) => isJump);
  }
}
