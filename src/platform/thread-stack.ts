// Another thread's place: where the main one is right now, although it does not answer.
import { Session } from 'node:inspector';

export interface Frame {
  readonly name: string;
  /** Of its module; `''` where the code has none. */
  readonly url: string;
  readonly line: number;
}

interface Paused {
  readonly callFrames: readonly {
    readonly functionName: string;
    readonly location: { readonly scriptId: string; readonly lineNumber: number };
  }[];
}

interface Parsed {
  readonly scriptId: string;
  readonly url: string;
}

export interface LastWord {
  /** Evaluated over there. */
  readonly expression: string;
  said(): void;
}

/**
 * Stops the main thread where it is, reads its stack, and lets it go on, after what `then` wants said
 * there. A thread that waits for the system is only stopped when that has answered.
 */
export function lookAtMainThread(then: (stack: readonly Frame[]) => LastWord | null): void {
  const session = new Session();
  const urls = new Map<string, string>();
  session.connectToMainThread();
  session.on('Debugger.scriptParsed', ({ params }: { readonly params: Parsed }) => {
    urls.set(params.scriptId, params.url);
  });
  session.once('Debugger.paused', ({ params }: { readonly params: Paused }) => {
    const last = then(params.callFrames.map((frame) => frameOf(frame, urls)));
    if (last !== null) {
      session.post('Runtime.evaluate', { expression: last.expression }, () => last.said());
    }
    session.post('Debugger.resume', () =>
      session.post('Debugger.disable', () => session.disconnect()),
    );
  });
  session.post('Debugger.enable', () => session.post('Debugger.pause'));
}

function frameOf(
  { functionName, location }: Paused['callFrames'][number],
  urls: ReadonlyMap<string, string>,
): Frame {
  return {
    name: functionName,
    url: urls.get(location.scriptId) ?? '',
    line: location.lineNumber + 1,
  };
}
