// That package.json names what the program imports and nothing else, and that `npm ci` will accept
// the lock file: npm leaves out optional packages that the registry at hand does not carry.
import { type Finding, isTest, type Source, type Tree } from './source.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Named like the others, though the program goes on without them. */
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

export function manifestFaults(tree: Tree, sources: readonly Source[]): Finding[] {
  const manifest: Manifest = JSON.parse(tree.get('package.json') ?? '{}');
  const used = new Set(sources.filter(({ path }) => !isTest(path)).flatMap(packagesOf));
  const named = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
  return [
    ...named
      .filter((name) => !used.has(name))
      .map((name) => fault('package.json', `${name} is named, but the program does not use it`)),
    ...[...used]
      .filter((name) => !named.includes(name))
      .map((name) => fault('package.json', `${name} is used, but not named as a dependency`)),
    ...lockFaults(JSON.parse(tree.get('package-lock.json') ?? '{ "packages": {} }')),
  ];
}

const fault = (where: string, text: string) => ({ rule: 'manifest', where, text });

const packagesOf = ({ imports }: Source) =>
  imports
    .filter(({ specifier, target }) => target === null && !specifier.startsWith('node:'))
    .map(({ specifier }) => packageOf(specifier));

/** `@scope/name/part` belongs to `@scope/name`. */
export function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function lockFaults({ packages }: Lock): Finding[] {
  return Object.values(packages)
    .flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}))
    .filter((name) => !packages[`node_modules/${name}`])
    .map((name) => fault('package-lock.json', `${name} is missing; run: npm run lock`));
}
