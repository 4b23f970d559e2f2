// Tells a person by all ways that are configured, and gives the sign of life. One way that fails does
// not keep the others from telling; only when none has is it an error, and is tried again.
import { syncError } from '../model/error.ts';
import type { NotifyWays } from '../model/notify-ways.ts';
import type { Beacon, Notification, Notifier, RunMoment } from '../ports/notifier.ts';
import type { Processes } from '../ports/processes.ts';
import { isSecretReference, type Secrets } from '../ports/secrets.ts';
import { disguisesOf, redacted } from '../stdx/redaction.ts';
import { tellByCommand } from './notify-command.ts';
import { isDesktopThere, tellDesktop } from './notify-desktop.ts';
import { tellByMail } from './notify-mail.ts';
import { ask, tellWebhook } from './notify-web.ts';

export interface NotifierPorts {
  /** As configured now. */
  ways(): NotifyWays;
  readonly secrets: Secrets;
  readonly processes: Processes;
  readonly home: string;
}

interface Way {
  readonly name: string;
  tell(notification: Notification): Promise<void>;
}

export function openNotifier(ports: NotifierPorts): Notifier & Beacon {
  return {
    send: async (notification) => {
      const ways = waysOf(ports);
      const outcomes = await Promise.allSettled(ways.map((way) => way.tell(notification)));
      const failures = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      if (ways.length > 0 && failures.length === ways.length) throw failures[0];
    },
    ping: async () => {
      const { ping } = ports.ways();
      if (ping !== null) await withSecrets(ports, place, [ping], ([url]) => ask(url));
    },
    ran: (address, moment, signal) =>
      withSecrets(ports, place, [address], ([url]) => ask(placeOf(url, moment), { signal })),
  };
}

const place = 'the place that waits';

/** As services that wait for signs of life have it: the address alone is success. */
function placeOf(address: string, moment: RunMoment): string {
  if (moment === 'success' || !URL.canParse(address)) return address;
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${moment}`;
  return url.href;
}

function waysOf(ports: NotifierPorts): readonly Way[] {
  const { desktop, command, webhook, mail } = ports.ways();
  const way = (
    name: string,
    references: readonly string[],
    tell: (values: readonly string[], notification: Notification) => Promise<void>,
  ): Way => ({
    name,
    tell: (notification) =>
      withSecrets(ports, name, references, (values) => tell(values, notification)),
  });
  const shown = desktop === 'yes' || (desktop === 'if-there' && isDesktopThere());
  return [
    ...(shown ? [way('the desktop', [], (_, one) => tellDesktop(one))] : []),
    ...(command === null
      ? []
      : [way(command[0] ?? '', [], (_, one) => tellByCommand(ports, command, one))]),
    ...(webhook === null
      ? []
      : [way('the webhook', [webhook], ([url = ''], one) => tellWebhook(url, one))]),
    ...(mail === null
      ? []
      : [
          way(
            'mail',
            [mail.server, ...(mail.password === null ? [] : [mail.password])],
            (values, one) =>
              tellByMail({ ...mail, server: values[0] ?? '', password: values[1] ?? null }, one),
          ),
        ]),
  ];
}

/** What goes wrong is told without them. */
async function withSecrets(
  { secrets }: NotifierPorts,
  way: string,
  references: readonly string[],
  work: (values: readonly [string, ...string[]]) => Promise<void>,
): Promise<void> {
  const known: string[] = [];
  try {
    const values: string[] = [];
    for (const reference of references) {
      const isSecret = isSecretReference(reference);
      const value = isSecret ? await secrets.resolve(reference) : reference;
      if (isSecret) known.push(value);
      values.push(value);
    }
    await work(values as [string, ...string[]]);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw syncError('notification-failed', { way, reason: redacted(reason, disguisesOf(known)) });
  }
}
