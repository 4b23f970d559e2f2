// The package as a stranger gets it: packed, installed into an empty folder, used from there.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { installPacked } from '../../tools/packed.ts';

const root = join(import.meta.dirname, '..', '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Of all modules that the program and its threads had, by what the engine wrote down about them. */
function packagesIn(folder: string): ReadonlySet<string> {
  const reports = readdirSync(folder).map((file) =>
    JSON.parse(readFileSync(join(folder, file), 'utf8')),
  );
  const urls = reports.flatMap(({ result }: { result: { url: string }[] }) =>
    result.map(({ url }) => url),
  );
  const names = urls.map((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1]);
  return new Set(names.filter((name) => name !== undefined));
}

describe('the packed package', () => {
  const { folder, home, program, path } = installPacked();
  after(() => rmSync(folder, { recursive: true }));
  const env = {
    ...process.env,
    PATH: path,
    HOME: join(folder, 'home-of-somebody'),
    XDG_STATE_HOME: join(folder, 'state'),
    XDG_CONFIG_HOME: join(folder, 'config'),
  };

  test('says its version', () => {
    const said = execFileSync(program, ['--version'], { env });
    assert.equal(said.toString().trim(), manifest.version);
  });

  test('synchronizes two folders', () => {
    const [left, right] = [join(folder, 'left'), join(folder, 'right')];
    mkdirSync(left);
    writeFileSync(join(left, 'letter.txt'), 'Dear reader');
    const { status, stderr } = spawnSync(program, ['sync', left, right], { env });
    assert.equal(status, 0, stderr.toString());
    assert.equal(readFileSync(join(right, 'letter.txt'), 'utf8'), 'Dear reader');
  });

  test('reads neither parser nor schema to compare two folders that nobody configured', () => {
    const [left, right, seen] = [join(folder, 'one'), join(folder, 'other'), join(folder, 'seen')];
    for (const side of [left, right]) mkdirSync(side);
    const { status, stderr } = spawnSync(program, ['sync', left, right], {
      env: { ...env, NODE_V8_COVERAGE: seen },
    });
    assert.equal(status, 0, stderr.toString());
    assert.deepEqual(packagesIn(seen), new Set(['syncmgr', 'ignore']));
  });

  test('carries no source and no test', () => {
    const files = readdirSync(join(home, 'node_modules', 'syncmgr'), {
      recursive: true,
    }) as string[];
    const own = files.filter((file) => !file.startsWith('node_modules'));
    assert.deepEqual(
      own.filter((file) => /\.ts$/.test(file) && !/\.d\.ts$/.test(file)),
      [],
    );
    assert.deepEqual(
      own.filter((file) => /(^|\/)(src|test|bench|tools)(\/|$)/.test(file)),
      [],
    );
  });

  const exports = Object.keys(manifest.exports).filter((one) => one !== './package.json');
  for (const one of exports) {
    const name = one.replace(/^\./, 'syncmgr');
    test(`exports ${name}, for programs and for the compiler`, () => {
      const file = join(home, 'consumer.ts');
      writeFileSync(
        file,
        `import * as all from '${name}';\nexport const names = Object.keys(all);\n`,
      );
      const print = `import('${name}').then((all) => console.log(Object.keys(all).length))`;
      const count = execFileSync('node', ['-e', print], { cwd: home, env });
      assert.ok(Number(count) > 0);
      const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
      const flags = ['--noEmit', '--module', 'nodenext', '--target', 'es2024', '--strict'];
      const types = ['--typeRoots', join(root, 'node_modules', '@types'), '--types', 'node'];
      const { status, stdout } = spawnSync(process.execPath, [tsc, ...flags, ...types, file], {
        cwd: home,
      });
      assert.equal(status, 0, stdout.toString());
    });
  }
});
