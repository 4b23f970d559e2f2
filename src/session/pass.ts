// A call that may outlast itself, and the window in which setItemStatus is allowed: from its return
// to its completion, and not at all if the completion came first (mobsync 2.3.9).
import { syncError } from '../model/error.ts';
import type { Pass } from '../ports/handler.ts';

export interface Window {
  open(): void;
  close(): void;
}

/** The value it was completed with. Rejects as the call or its completion did. */
export async function passThrough<T>(call: () => Promise<Pass<T>>, window: Window): Promise<T> {
  const pass = await call();
  if (!isPass(pass)) throw unreadable();
  if ('ended' in pass) return pass.ended;
  // Any promise will do, whoever made it.
  const pending = Promise.resolve(pass.pending);
  let isOver = false;
  const over = () => {
    isOver = true;
    window.close();
  };
  pending.then(over, over);
  // A promise that is settled already says so one turn of the microtasks later.
  await Promise.resolve();
  await Promise.resolve();
  if (!isOver) window.open();
  return pending;
}

const isPass = <T>(answer: Pass<T> | null | undefined): answer is Pass<T> =>
  typeof answer === 'object' && answer !== null && ('ended' in answer || 'pending' in answer);

const unreadable = () =>
  syncError('handler-lied', { reason: 'its answer says neither that it ended nor that it pends' });
