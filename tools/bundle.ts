// The program as the package carries it, without the page and the declarations: one bundle per entry
// with shared parts split out, so that a command loads only what it uses. All packages of others but
// one stay outside: npm installs them, and tells whoever audits what is there.
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { entryPoints } from '../test/tidy/rules.ts';

const root = join(import.meta.dirname, '..');
const entries = entryPoints
  .filter((path) => existsSync(join(root, path)))
  .map((path) => path.replace(/^src\/(.*)\.ts$/, '$1'));

/** A thread shares no object with the program, and starts sooner from one file. */
const alone = ['worker', 'watchdog'];

export async function bundleInto(outdir: string): Promise<void> {
  await bundle(
    outdir,
    entries.filter((entry) => !alone.includes(entry)),
    true,
  );
  for (const entry of alone) await bundle(outdir, [entry], false);
  // Its text goes wherever its code goes.
  cpSync(join(root, 'node_modules', taken, 'LICENSE'), join(outdir, `licence-of-${taken}.txt`));
}

async function bundle(outdir: string, names: readonly string[], splitting: boolean): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: names.map((entry) => ({ in: `src/${entry}.ts`, out: entry })),
    outdir,
    bundle: true,
    plugins: [packagesOutside, builtinsAsTheyAre],
    splitting,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Flat, so that a URL beside a module of src is a URL beside its chunk.
    chunkNames: '[name]-[hash]',
    legalComments: 'none',
    logLevel: 'warning',
  });
}

/** What every command needs before anything else, in seven files: from outside it would be 10 ms later. */
const taken = 'commander';

const packagesOutside: Plugin = {
  name: 'packages-outside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      const isOurs = kind === 'entry-point' || path === taken || isBuiltin(path);
      return isOurs ? undefined : { external: true };
    });
  },
};

/**
 * What is imported of Node is taken from Node's own object. An import statement makes a module of each built-in,
 * for which all there is has to be looked at, also what is loaded by being looked at (of `node:crypto`
 * all of WebCrypto): 3 to 6 ms for each built-in, in the program and in every thread. Each importer has
 * its own list of what it takes, so that nobody loads what another one needs.
 */
const builtinsAsTheyAre: Plugin = {
  name: 'builtins-as-they-are',
  setup: ({ onResolve, onLoad }) => {
    let importers = 0;
    onResolve({ filter: /^node:/ }, ({ path }) => ({
      path: `${path} ${++importers}`,
      namespace: 'builtin',
      pluginData: path,
    }));
    onLoad({ filter: /./, namespace: 'builtin' }, ({ pluginData: path }) => ({
      contents: `${wholeOf(path)}\n${partsOf(path).join('\n')}`,
      loader: 'js',
    }));
  },
};

const wholeOf = (path: string) =>
  path === lateOne
    ? `export default new Proxy({}, { get: (_, name) => ${objectOf(path)}[name] });`
    : `export default /* @__PURE__ */ (() => ${objectOf(path)})();`;

/** Marked as pure, so that what nobody imports is not looked at. */
const partsOf = (path: string) =>
  Object.keys(process.getBuiltinModule(path) ?? {})
    .filter((name) => /^\w+$/.test(name) && name !== 'default')
    .map((name) => `export const ${name} = /* @__PURE__ */ (() => ${objectOf(path)}.${name})();`);

const objectOf = (path: string) => `process.getBuiltinModule('${path}')`;

/** Named by the reader of words for what we do not have, commands that are programs: 10 ms. */
const lateOne = 'node:child_process';

/** The bundled program in a folder of its own, with the packages of this checkout; what starts it. */
export async function bundledProgram(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await bundleInto(join(folder, 'dist'));
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'bin', 'syncmgr');
}
