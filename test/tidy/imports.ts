// Who may import whom, who may use Node or a package, and that no ring of files imports itself.
import { packageOf } from './manifest.ts';
import {
  besideTheProgram,
  coresSee,
  entryPoints,
  mayImport,
  mayUseNode,
  mayUsePackage,
  pageEntry,
  pagePackages,
  pageSees,
} from './rules.ts';
import {
  type Finding,
  type Import,
  isCore,
  isPage,
  isTest,
  type Source,
  standsIn,
  topOf,
} from './source.ts';

export function wrongImports(sources: readonly Source[]): Finding[] {
  return sources
    .filter(({ path }) => !isTest(path) || isPage(path))
    .flatMap((source) =>
      source.imports.flatMap((one) => {
        const text = isPage(source.path) ? wrongInPage(one) : wrong(source.path, one);
        return text ? [{ rule: 'import', where: `${source.path}:${one.line}`, text }] : [];
      }),
    );
}

const wrong = (from: string, one: Import) =>
  one.target ? wrongInside(from, one.target) : wrongOutside(from, one);

/** It knows the shapes of the API, and of the program nothing else. */
function wrongInPage({ specifier, target }: Import): string | null {
  if (target !== null) {
    const fine = isPage(target) || target.startsWith(`src/${pageSees}/`);
    return fine ? null : `the page sees ${pageSees}, not ${target}`;
  }
  const fine = pagePackages.includes(packageOf(specifier));
  return fine ? null : `the package ${specifier} is not for the page`;
}

function wrongInside(from: string, to: string): string | null {
  const [top, other] = [topOf(from), topOf(to)];
  if (isTest(to)) return `${to} is not part of the program`;
  if (isCore(from) && !standsIn(to, coresSee) && coreOf(to) !== coreOf(from)) {
    return `a core sees ${coresSee.join(', ')} and itself, not ${to}`;
  }
  if (top === other) return null;
  const allowed = mayImport[top];
  if (allowed === undefined) return `${top} has no row in the import table`;
  const fine = allowed === 'all but cli' ? other !== 'cli' : allowed.includes(other);
  return fine ? null : `${top} may not import ${other}`;
}

const coreOf = (path: string) => (isCore(path) ? path.slice(0, path.indexOf('/core/')) : null);

function wrongOutside(from: string, { specifier }: Import): string | null {
  if (specifier.startsWith('node:')) {
    const name = specifier.slice('node:'.length);
    const fine = Object.entries(mayUseNode).some(
      ([place, names]) => standsIn(from, [place]) && (names === 'any' || names.includes(name)),
    );
    return fine ? null : `${specifier} is not for ${from}`;
  }
  const name = packageOf(specifier);
  const places = mayUsePackage[name];
  if (!places) return `the package ${name} has no row in the package table`;
  return standsIn(from, places) ? null : `the package ${name} is for ${places.join(', ')} only`;
}

/** Files that import each other in a ring, types counted: a set is reported once. */
export function cycles(sources: readonly Source[]): Finding[] {
  const graph = graphOf(sources);
  const reach = new Map(
    [...graph.keys()].map((path) => [path, reachable(graph, graph.get(path) ?? [])]),
  );
  const reported = new Set<string>();
  return [...graph.keys()].flatMap((path) => {
    if (reported.has(path) || !reach.get(path)?.has(path)) return [];
    const ring = [...(reach.get(path) ?? [])].filter((other) => reach.get(other)?.has(path));
    for (const member of ring) reported.add(member);
    return [{ rule: 'cycle', where: path, text: `imports itself through ${ring.join(', ')}` }];
  });
}

/** Files of src that no entry point leads to, whatever test does; helpers that no test leads to. */
export function deadFiles(sources: readonly Source[]): Finding[] {
  const graph = graphOf(sources);
  const paths = sources.map(({ path }) => path);
  const ofProgram = reachable(graph, [
    ...paths.filter((path) => entryPoints.includes(path)),
    ...paths.filter((path) => standsIn(path, besideTheProgram)),
  ]);
  const all = reachable(graph, [...ofProgram, ...paths.filter(startsItself)]);
  return paths
    .filter((path) => !(isTest(path) ? all : ofProgram).has(path))
    .map((path) => ({ rule: 'dead', where: path, text: 'nothing leads here' }));
}

/** Tests, and programs for developers: files that a person or the test runner starts. */
function startsItself(path: string): boolean {
  return (
    /\.(?:test|fuzz)\.ts$/.test(path) ||
    /^(?:tools|bench|examples)\//.test(path) ||
    /^test\/(?:zoo|fixtures)\/|\/run\.ts$/.test(path) ||
    path === pageEntry
  );
}

function graphOf(sources: readonly Source[]): ReadonlyMap<string, readonly string[]> {
  const known = new Set(sources.map(({ path }) => path));
  return new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.flatMap(({ target }) => (target && known.has(target) ? [target] : [])),
    ]),
  );
}

function reachable(graph: ReadonlyMap<string, readonly string[]>, starts: readonly string[]) {
  const seen = new Set<string>();
  const open = [...starts];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    open.push(...(graph.get(path) ?? []));
  }
  return seen;
}
