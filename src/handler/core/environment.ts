// What a program of others sees of the environment: what is on its list, and what every program needs
// to find its way (HN-18). Nothing else, whatever was set for us.

/** Where programs, the home folder and temporary files are, and how a person writes. */
const usual: readonly string[] = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LANGUAGE',
  'LC_ALL',
  'LC_CTYPE',
  'LC_MESSAGES',
  'TZ',
  'TMPDIR',
  'XDG_RUNTIME_DIR',
  // Without these nothing starts on Windows.
  'SystemRoot',
  'SystemDrive',
  'ComSpec',
  'PATHEXT',
  'TEMP',
  'TMP',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
];

/** `list`: a name, whose value is passed on if it has one, or `NAME=value`. */
export function environmentFor(
  list: readonly string[],
  ours: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const environment: Record<string, string> = {};
  for (const entry of [...usual, ...list]) {
    const at = entry.indexOf('=');
    const name = at < 0 ? entry : entry.slice(0, at);
    const value = at < 0 ? ours[name] : entry.slice(at + 1);
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}
