// Telling by the desktop, by the program each system has for it. The text is hostile: it reaches the
// program as an argument behind the end of options, or by its environment, and never as a script.
import { execFile } from 'node:child_process';
import process from 'node:process';
import type { Notification } from '../ports/notifier.ts';
import { printable } from '../stdx/printable.ts';

const limitMs = 10_000;
const titleMax = 120;
const textMax = 1_000;

/** Ids of the desktop by our keys: a later one takes the place of the earlier. */
const shown = new Map<string, string>();

export function isDesktopThere(): boolean {
  return process.platform !== 'linux' || process.env.DBUS_SESSION_BUS_ADDRESS !== undefined;
}

export async function tellDesktop({ level, title, text, key }: Notification): Promise<void> {
  const head = printable(title).slice(0, titleMax);
  const body = lines(text).slice(0, textMax);
  if (process.platform === 'darwin')
    await run('/usr/bin/osascript', ['-e', appleScript, head, body]);
  else if (process.platform === 'win32') await tellWindows(head, body);
  else shown.set(key, await tellLinux(level, head, body, shown.get(key) ?? null));
}

/** Line breaks stay, for a list of items is read better so. */
const lines = (text: string) => text.split('\n').map(printable).join('\n');

const urgency = { information: 'low', warning: 'normal', error: 'critical' } as const;

/** The id it got. */
async function tellLinux(
  level: Notification['level'],
  head: string,
  body: string,
  replaces: string | null,
): Promise<string> {
  const options = ['--app-name=syncmgr', `--urgency=${urgency[level]}`, '--print-id'];
  const instead = replaces === null ? [] : [`--replace-id=${replaces}`];
  const answer = await run('notify-send', [
    ...options,
    ...instead,
    '--',
    head,
    withoutMarkup(body),
  ]);
  return answer.trim();
}

const withoutMarkup = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const appleScript = `on run argv
  display notification (item 2 of argv) with title (item 1 of argv)
end run`;

const windowsScript = `
$kind = 'Windows.UI.Notifications.ToastNotificationManager,Windows.UI.Notifications,ContentType=WindowsRuntime'
$manager = [type]$kind
$xml = $manager::GetTemplateContent(1)
$parts = $xml.GetElementsByTagName('text')
$parts.Item(0).AppendChild($xml.CreateTextNode($env:SYNCMGR_TITLE)) | Out-Null
if ($parts.Count -gt 1) { $parts.Item(1).AppendChild($xml.CreateTextNode($env:SYNCMGR_TEXT)) | Out-Null }
$toast = New-Object Windows.UI.Notifications.ToastNotification $xml
$manager::CreateToastNotifier('syncmgr').Show($toast)`;

async function tellWindows(head: string, body: string): Promise<void> {
  const own = { SYNCMGR_TITLE: head, SYNCMGR_TEXT: body };
  await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', windowsScript], own);
}

function run(
  program: string,
  rest: readonly string[],
  own: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const options = {
    timeout: limitMs,
    killSignal: 'SIGKILL',
    windowsHide: true,
    env: { ...process.env, ...own },
  } as const;
  execFile(program, rest, options, (fault, output, errors) => {
    if (fault === null) resolve(output);
    else reject(new Error(errors.trim() || `${program} failed (${fault.code ?? fault.signal})`));
  });
  return promise;
}
