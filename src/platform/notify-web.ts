// Telling by an address of the web. A redirect is not followed: who answers there could send us to
// places that only this computer can reach.
import type { Notification } from '../ports/notifier.ts';

const limitMs = 15_000;

export function tellWebhook(url: string, { level, title, text, key }: Notification): Promise<void> {
  return ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source: 'syncmgr', level, title, text, key }),
  });
}

/** Resolves when it was received: any answer from 200 to 299. */
export async function ask(url: string, request: RequestInit = {}): Promise<void> {
  const host = URL.canParse(url) ? new URL(url).host : 'an address that is none';
  const answer = await fetch(url, {
    ...request,
    redirect: 'manual',
    signal: AbortSignal.any([
      AbortSignal.timeout(limitMs),
      ...(request.signal ? [request.signal] : []),
    ]),
  }).catch((cause: Error) => {
    throw new Error(`${host} does not answer (${reasonOf(cause)})`);
  });
  await answer.body?.cancel();
  if (answer.status >= 300 && answer.status < 400) {
    throw new Error(`${host} redirects elsewhere; write the address it leads to`);
  }
  if (!answer.ok) throw new Error(`${host} answered ${answer.status}`);
}

function reasonOf(fault: Error): string {
  const { code } = (fault.cause ?? {}) as NodeJS.ErrnoException;
  return (
    code ?? (fault.name === 'TimeoutError' ? `nothing within ${limitMs / 1_000} s` : fault.name)
  );
}
