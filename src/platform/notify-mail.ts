// Telling by mail. The package knows the corners of SMTP; it is loaded when the first mail is sent.
import type { MailWay } from '../model/notify-ways.ts';
import type { Notification } from '../ports/notifier.ts';
import { printable } from '../stdx/printable.ts';

const limitMs = 30_000;

export async function tellByMail(way: MailWay, notification: Notification): Promise<void> {
  const { createTransport } = await import('nodemailer');
  const { protocol, hostname, port, username } = new URL(way.server);
  const isSecure = protocol === 'smtps:';
  const user = decodeURIComponent(username);
  const transport = createTransport({
    host: hostname,
    port: port === '' ? (isSecure ? 465 : 587) : Number(port),
    secure: isSecure,
    // A password travels over nothing but an encrypted line.
    ...(way.password !== null && { auth: { user, pass: way.password }, requireTLS: !isSecure }),
    connectionTimeout: limitMs,
    greetingTimeout: limitMs,
    socketTimeout: limitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: way.from,
      to: [...way.to],
      subject: printable(notification.title),
      text: notification.text,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Syncmgr-Key': printable(notification.key) },
    });
  } finally {
    transport.close();
  }
}
