// Programs that the whole proof and the comparisons use beside Node. As root on Debian the missing
// ones are installed; otherwise it says what cannot run without them, and the rest goes on.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Program {
  readonly name: string;
  /** Of the system's Python, and no program. */
  readonly kind?: 'module';
  readonly package: string;
  readonly for: string;
}

const forTests: readonly Program[] = [
  { name: 'rsync', package: 'rsync', for: 'an independent comparison of the two sides' },
  { name: 'python3', package: 'python3', for: 'the examples of handlers in Python' },
  { name: 'perl', package: 'perl', for: 'the example of a handler in Perl' },
  { name: 'ruby', package: 'ruby', for: 'the example of a handler in Ruby' },
  { name: 'strace', package: 'strace', for: 'faults injected into system calls' },
  { name: 'mkfs.ext4', package: 'e2fsprogs', for: 'full and failing file systems' },
  { name: 'mount', package: 'mount', for: 'full and failing file systems' },
  { name: 'zsh', package: 'zsh', for: 'completion in zsh' },
  { name: 'fish', package: 'fish', for: 'completion in fish' },
  { name: 'python3', package: 'python3', for: 'a listener in place of systemd' },
  { name: 'systemd-notify', package: 'systemd', for: 'telling systemd' },
  { name: 'setfattr', package: 'attr', for: 'files with extended attributes' },
  { name: 'rclone', package: 'rclone', for: 'the presets of rclone' },
  { name: 'unison', package: 'unison', for: 'the preset of unison' },
  { name: 'restic', package: 'restic', for: 'the presets of restic' },
  { name: 'git', package: 'git', for: 'the presets of git' },
  { name: 'mbsync', package: 'isync', for: 'the preset of mbsync' },
  { name: 'dovecot', package: 'dovecot-imapd', for: 'a server for mbsync' },
  { name: 'vdirsyncer', package: 'vdirsyncer', for: 'the preset of vdirsyncer' },
  { name: 'radicale', package: 'radicale', for: 'a server for vdirsyncer' },
  { name: 'chromium', package: 'chromium', for: 'the page in a browser' },
  { name: 'dbus-daemon', package: 'dbus-daemon', for: 'a message bus of the tests’ own' },
  {
    name: 'dbusmock',
    kind: 'module',
    package: 'python3-dbusmock',
    for: 'the services of a desktop, on that bus',
  },
  { name: 'gnome-keyring-daemon', package: 'gnome-keyring', for: 'secrets in a key store' },
  { name: 'notify-send', package: 'libnotify-bin', for: 'notifications on a desktop' },
  { name: 'systemd-analyze', package: 'systemd', for: 'the check of service files' },
  { name: 'promtool', package: 'prometheus', for: 'the check of the alert rules' },
  { name: 'unshare', package: 'util-linux', for: 'networks and limits of the tests’ own' },
  { name: 'ip', package: 'iproute2', for: 'connections that come and go' },
];

const forBench: readonly Program[] = [
  { name: 'rsync', package: 'rsync', for: 'the comparison with rsync' },
  { name: 'unison', package: 'unison', for: 'the comparison with unison' },
  { name: 'rclone', package: 'rclone', for: 'the comparison with rclone' },
  { name: 'mkfs.ext4', package: 'e2fsprogs', for: 'a file system of its own to measure on' },
  { name: 'time', package: 'time', for: 'peak memory' },
];

const isRoot = process.getuid?.() === 0;

if (import.meta.main) need(process.argv.includes('--bench') ? forBench : forTests);

/** Installs what it can, and returns what is still missing after having said so. */
function need(programs: readonly Program[]): readonly Program[] {
  const missing = programs.filter((one) => !isThere(one));
  if (missing.length > 0 && isRoot && has('apt-get')) install(missing.map((one) => one.package));
  const left = missing.filter((one) => !isThere(one));
  for (const { name, package: debian, for: use } of left) {
    process.stdout.write(`missing: ${name} (Debian package ${debian}); without it, no ${use}\n`);
  }
  const found = programs.filter((one) => !left.includes(one)).map(({ name }) => name);
  process.stdout.write(`found: ${found.join(', ') || 'none'}\n`);
  return left;
}

function install(packages: readonly string[]): void {
  process.stdout.write(`installing from Debian: ${packages.join(', ')}\n`);
  const apt = (...rest: string[]) =>
    spawnSync('apt-get', ['-qq', ...rest], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const get = () => apt('install', '-y', '--no-install-recommends', ...packages);
  if (!get() && apt('update')) get();
}

function isThere({ name, kind }: Program): boolean {
  if (kind !== 'module') return has(name);
  return spawnSync('/usr/bin/python3', ['-c', `import ${name}`], { stdio: 'ignore' }).status === 0;
}

function has(name: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
