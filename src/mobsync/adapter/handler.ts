// All handlers of the old contract as one handler of the manager: which class a session needs stands
// in the settings of its partnership, so a registration outlasts a restart, and the host program
// only has to say again how the classes are made.
import { syncError } from '../../model/error.ts';
import type { Handler, HandlerSession, Opening } from '../../ports/handler.ts';
import { type CLSID, canonicalGuid } from '../guid.ts';
import { FAILED, S_FALSE } from '../hresult.ts';
import type { ISyncMgrSynchronize } from '../interfaces/synchronize.ts';
import { registrationOf } from '../registration.ts';
import { answered, answerOf, tell } from './calls.ts';
import { initializeFlags } from './initialize-flags.ts';
import { OldSession } from './session.ts';

/** Makes a new object of a class; called once per session. */
export type ClassFactory = () => ISyncMgrSynchronize | Promise<ISyncMgrSynchronize>;

/** The name under which the host program registers `mobsyncHandler` with the manager. */
export const mobsyncHandlerName = 'mobsync';

/** Finds a class that the program does not have itself; null if nobody has it. */
export type ClassFinder = (clsid: CLSID) => Promise<Handler> | null;

/**
 * @param classes The handlers this program has, by class identifier; looked up when a session needs
 *   one, so that more can be added later.
 * @param elsewhere Asked for a class that is not among them.
 */
export function mobsyncHandler(
  classes: Readonly<Record<CLSID, ClassFactory>>,
  elsewhere: ClassFinder = () => null,
): Handler {
  return {
    name: mobsyncHandlerName,
    inTurn: true,
    async open(opening) {
      const { clsid, description } = registrationOf(opening.settings);
      const known = Object.entries(classes);
      // Who names no class means the only one there is.
      const isMeant = clsid === '' ? known.length === 1 : null;
      const found = known.find(([one]) => isMeant ?? canonicalGuid(one) === clsid);
      if (found === undefined) {
        const handler = await elsewhere(clsid);
        if (handler === null) throw syncError('mobsync-class-missing', { class: clsid });
        return handler.open(opening);
      }
      const [, make] = found;
      return initialize(await make(), opening, description ?? opening.partnership.name);
    },
  };
}

async function initialize(
  handler: ISyncMgrSynchronize,
  opening: Opening,
  text: string,
): Promise<HandlerSession | null> {
  const cookie = opening.cookie && Uint8Array.from(opening.cookie);
  const flags = initializeFlags(opening);
  const hr = await answerOf(() => handler.Initialize(0, flags, cookie?.length ?? 0, cookie));
  if (hr !== S_FALSE && !FAILED(hr)) return new OldSession(handler, opening, text);
  tell(() => handler.Release());
  if (hr === S_FALSE) return null;
  throw answered('Initialize', hr);
}
