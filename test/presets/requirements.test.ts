// What each preset needs on the computer: a program that is missing, too old, or new beyond what is
// known. None of them has to be installed for this; what is here is asked for its version.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { loadPreset, type PresetName, presetNames } from '../../src/command/presets.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { commandRig } from '../support/command-rig.ts';

/** Just what each cannot do without; its places are there. */
const needed: Readonly<Record<PresetName, (at: (path: string) => string) => JsonObject>> = {
  rsync: (at) => ({ left: at('left'), right: at('right') }),
  'rclone-sync': (at) => ({ left: at('left'), right: at('right') }),
  'rclone-bisync': (at) => ({ left: at('left'), right: at('right') }),
  unison: (at) => ({ left: at('left'), right: at('right') }),
  'restic-backup': (at) => ({ repository: at('right'), password, folders: [at('left')] }),
  'restic-check': (at) => ({ repository: at('right'), password }),
  'git-fetch': (at) => ({ url: at('left'), repository: at('right') }),
  'git-push': (at) => ({ url: at('right'), repository: at('left') }),
  mbsync: (at) => ({ config: at('left/conf'), channels: ['mail'] }),
  vdirsyncer: (at) => ({ config: at('left/conf'), pairs: ['calendar'] }),
};
const password = 'env:OF_NO_REPOSITORY';

/** What an old one of each says of itself; those without depend on no version. */
const banners: Readonly<Partial<Record<PresetName, (version: string) => string>>> = {
  rsync: (version) => `rsync  version ${version}  protocol version 30`,
  'rclone-sync': (version) => `rclone v${version}`,
  'rclone-bisync': (version) => `rclone v${version}`,
  unison: (version) => `unison version ${version}`,
  'restic-backup': (version) => `restic ${version} compiled with go1.16 on linux/amd64`,
  mbsync: (version) => `isync ${version}`,
  vdirsyncer: (version) => `vdirsyncer, version ${version}`,
};

/** The preset on a computer on whose PATH is nothing, or a program of its name that says this. */
async function computer(t: TestContext, name: PresetName, says?: string) {
  const it = commandRig(t);
  for (const folder of ['left', 'right', 'bin']) mkdirSync(it.at(folder));
  it.secrets.set(password, 'secret');
  const requires = await requirementsOf(name);
  if (says !== undefined) {
    it.write(`bin/${requires.program}`, `#!/bin/sh\necho "$@" >> "$CALLS"\necho '${says}'\n`);
    chmodSync(it.at(`bin/${requires.program}`), 0o755);
  }
  const environment = { PATH: it.at('bin'), CALLS: it.at('calls') };
  await it.put({ preset: name, ...needed[name](it.at), environment });
  const calls = () => (existsSync(it.at('calls')) ? it.read('calls').trim().split('\n') : []);
  return { it, requires, calls };
}

interface Requires {
  readonly program: string;
  readonly debian: string;
  readonly brew: string;
  readonly version?: {
    readonly arguments: readonly string[];
    readonly match: string;
    readonly least: string;
  };
}

const requirementsOf = async (name: PresetName) =>
  (await loadPreset(name)).settings.requires as unknown as Requires;

for (const name of presetNames) {
  test(`${name}: a program that is missing fails once, and says what to install`, async (t) => {
    const { it, requires } = await computer(t, name);
    const { ending, error, counts } = await it.result();
    assert.deepEqual(
      [ending, error?.code, error?.retry, counts],
      ['failed', 'command-missing', 'needs-person', {}],
    );
    const ways = `apt install ${requires.debian}, or: brew install ${requires.brew}`;
    assert.equal(
      error?.text,
      `The program ${requires.program} is not there. Install it with: ${ways}`,
    );
  });

  test(`${name}: a version is asked for where the preset depends on one`, async () => {
    const requires = await requirementsOf(name);
    assert.equal(requires.version !== undefined, banners[name] !== undefined);
  });
}

for (const [name, banner] of Object.entries(banners) as [PresetName, (v: string) => string][]) {
  test(`${name}: a program that is too old is named with its version, and asked for nothing else`, async (t) => {
    const { it, requires, calls } = await computer(t, name, banner('0.9.9'));
    const { ending, error } = await it.result();
    assert.deepEqual(
      [ending, error?.code, error?.retry],
      ['failed', 'command-too-old', 'needs-person'],
    );
    const { program, version } = requires;
    assert.match(
      error?.text ?? '',
      new RegExp(`${program} is version 0\\.9\\.9; ${version?.least}`),
    );
    assert.deepEqual(calls(), [version?.arguments.join(' ')]);
  });

  test(`${name}: a version that nobody knows how to read is no reason to refuse`, async (t) => {
    const { it, requires, calls } = await computer(t, name, 'A program of another kind');
    const { error } = await it.result();
    assert.notEqual(error?.code, 'command-too-old');
    assert.equal(calls()[0], requires.version?.arguments.join(' '));
    assert.ok(calls().length > 1, 'It was started for its work.');
  });

  const ours = await requirementsOf(name);
  const isHere = spawnSync(ours.program, ours.version?.arguments ?? []).error === undefined;
  test(`${name}: the version of the program that is here is understood`, {
    skip: !isHere,
  }, async () => {
    const { program, version } = ours;
    if (version === undefined) throw new Error('It asks for no version.');
    const { stdout } = spawnSync(program, version.arguments, { encoding: 'utf8' });
    const found = new RegExp(version.match, 'm').exec(stdout)?.groups?.version;
    assert.match(found ?? '', /^\d+\.\d+/, stdout);
  });
}
