// By which ways a person is told, as far as it may be shown: an address of a webhook is often the key to
// it, and so only the place it stands in is told.
import type { NotifyWayShape } from '../api/settings-shapes.ts';
import type { NotifyWays } from '../model/notify-ways.ts';
import { isSecretReference } from '../ports/secrets.ts';

const desktop = { yes: 'on', no: 'off', 'if-there': 'if-there' } as const;

export function notifyWayShapes(ways: NotifyWays): readonly NotifyWayShape[] {
  const { command, webhook, mail, ping } = ways;
  const toMail = mail === null ? null : `${mail.to.join(', ')} by ${placeOf(mail.server)}`;
  return [
    { way: 'desktop', state: desktop[ways.desktop], where: null },
    way('command', command?.[0] ?? null),
    way('webhook', webhook === null ? null : placeOf(webhook)),
    way('mail', toMail),
    way('ping', ping === null ? null : placeOf(ping)),
  ];
}

const way = (name: NotifyWayShape['way'], where: string | null): NotifyWayShape => ({
  way: name,
  state: where === null ? 'off' : 'on',
  where,
});

/** A reference is shown as it is: it names a secret and is none. */
function placeOf(address: string): string {
  if (isSecretReference(address)) return address;
  return URL.canParse(address) ? new URL(address).host : '•••';
}
