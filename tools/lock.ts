// npm run lock: completes package-lock.json with the optional packages for other platforms. npm
// leaves out those that the registry it was made with does not carry, and then `npm ci` refuses
// the file everywhere.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  funding?: unknown;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const platforms = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openbsd', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

const path = join(import.meta.dirname, '..', 'package-lock.json');
const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync(path, 'utf8'));

for (const owner of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    lock.packages[`node_modules/${name}`] ??= entry(name, version, owner.dev ?? false);
  }
}
// Who takes money for a package is nothing that an installation needs to know.
for (const one of Object.values(lock.packages)) delete one.funding;
const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);

/** Without system and processor in it, npm would fetch the package everywhere. */
function entry(name: string, version: string, dev: boolean) {
  const words = name.split(/[/-]/);
  const os = platforms.filter((one) => words.includes(one));
  const cpu = processors.filter((one) => words.includes(one));
  if (os.length === 0 || cpu.length === 0) throw new Error(`${name} names no platform`);
  const libc = os[0] === 'linux' ? { libc: [words.includes('musl') ? 'musl' : 'glibc'] } : {};
  return { version, cpu, ...(dev ? { dev } : {}), ...libc, optional: true, os };
}
