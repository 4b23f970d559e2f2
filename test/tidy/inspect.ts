// All checks over one tree, real or made up.
import { unusedExports } from './exports.ts';
import { cycles, deadFiles, wrongImports } from './imports.ts';
import { tooLong } from './lengths.ts';
import { manifestFaults } from './manifest.ts';
import { brokenPages } from './pages.ts';
import { impurities } from './purity.ts';
import { type Finding, readSources, type Tree } from './source.ts';
import { testFaults } from './tests.ts';
import { bannedSyntax, bannedText } from './words.ts';

export function inspect(tree: Tree): Finding[] {
  const sources = readSources(tree);
  return [
    ...wrongImports(sources),
    ...impurities(sources),
    ...cycles(sources),
    ...deadFiles(sources),
    ...unusedExports(sources),
    ...tooLong(sources),
    ...bannedSyntax(sources),
    ...bannedText(tree),
    ...testFaults(sources),
    ...manifestFaults(tree, sources),
    ...brokenPages(tree),
  ];
}
