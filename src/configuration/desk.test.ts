// The configuration on a real disk, with a store that is a map.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { SyncError } from '../model/error.ts';
import type { HandlerSource } from '../model/handler-source.ts';
import type { Partnership } from '../model/partnership.ts';
import { type Limits, plainTerms } from '../model/terms.ts';
import { disk } from '../platform/disk.ts';
import { ConfigurationDesk } from './desk.ts';
import { editItemFile } from './edit.ts';

interface Bed {
  readonly folder: string;
  readonly desk: ConfigurationDesk;
  readonly store: Map<string, Partnership>;
  readonly limitsUsed: readonly Limits[];
  /** Name → source, as they were registered. */
  readonly handlers: Map<string, HandlerSource>;
  item(name: string, text: string): string;
  main(text: string): void;
  read(name: string): string;
}

function bed(context: TestContext): Bed {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-configuration-'));
  context.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'items.d'));
  const store = new Map<string, Partnership>();
  const limitsUsed: Limits[] = [];
  const handlers = new Map<string, HandlerSource>();
  const desk = new ConfigurationDesk({
    filesystem: disk,
    folder,
    home: '/h',
    now: () => 7,
    zone: () => 'Europe/Vienna',
    useLimits: (limits) => limitsUsed.push(limits),
    useNotifyWays: () => {},
    put: async (partnership) => void store.set(partnership.id, partnership),
    remove: async (id) => void store.delete(id),
    list: async () => [...store.values()],
    shippedHandlers: ['folder'],
    handlerSettings: { schema: async () => null, jsonSchemas: async () => ({}) },
    useHandler: (name, source) => handlers.set(name, source),
  });
  const file = (name: string) => join(folder, 'items.d', `${name}.yaml`);
  return {
    folder,
    desk,
    store,
    handlers,
    limitsUsed,
    item: (name, text) => {
      writeFileSync(file(name), text, { mode: 0o600 });
      return file(name);
    },
    main: (text) => writeFileSync(join(folder, 'config.yaml'), text),
    read: (name) => readFileSync(file(name), 'utf8'),
  };
}

const good = 'left: /a\nright: /b\n';
const codeOf = (code: string) => (error: SyncError) => error.code === code;

async function problemsOf({ desk }: Bed) {
  const { problems } = await desk.apply();
  return problems.map(({ level, line, key, text }) => `${level} ${line} ${key}: ${text}`);
}

test('a file in items.d is a partnership, with the defaults of the main file', async (t) => {
  const it = bed(t);
  it.main('defaults:\n  mode: one-way-safe\n  ignore: ["*.tmp"]\n  max-delete: 30%\n');
  it.item('docs', `${good}ignore: [build]\nbandwidth: 10M\nresources: [nas]\ntriggers: [idle]\n`);
  assert.deepEqual(await problemsOf(it), []);
  assert.deepEqual(it.store.get('item-docs'), {
    id: 'item-docs',
    name: 'docs',
    handler: 'folder',
    settings: {
      left: '/a',
      right: '/b',
      mode: 'one-way-safe',
      ignore: ['*.tmp', 'build'],
      limits: { count: 0, share: 0.3 },
      bandwidth: 10_485_760,
    },
    enabled: true,
    triggers: ['idle'],
    resources: ['nas'],
    approve: 'guarded',
    createdAt: 7,
    adHoc: false,
    terms: plainTerms,
  });
});

test('the home folder can be written as ~', async (t) => {
  const it = bed(t);
  it.item('docs', 'left: ~/a\nright: "~"\n');
  await it.desk.apply();
  assert.deepEqual(it.store.get('item-docs')?.settings, { left: '/h/a', right: '/h' });
});

test('a partnership whose file is gone is gone, others of the store stay', async (t) => {
  const it = bed(t);
  const file = it.item('docs', good);
  await it.desk.apply();
  const pair: Partnership = {
    ...(it.store.get('item-docs') as Partnership),
    id: 'pair-1',
    adHoc: true,
  };
  it.store.set('pair-1', pair);
  rmSync(file);
  await it.desk.apply();
  assert.deepEqual([...it.store.keys()], ['pair-1']);
});

test('what did not change is not written again', async (t) => {
  const it = bed(t);
  it.item('docs', good);
  await it.desk.apply();
  const before = it.store.get('item-docs');
  await it.desk.apply();
  assert.equal(it.store.get('item-docs'), before);
});

const broken: Readonly<Record<string, readonly [text: string, problem: RegExp]>> = {
  'a syntax error': ['left: /a\nright: "b\n', /^error 2|^error 3/],
  'an unknown key': ['left: /a\nrigth: /b\n', /^error 2 rigth: .*Did you mean right\?/],
  'a wrong unit': [`${good}bandwidth: 10 furlongs\n`, /^error 3 bandwidth: .*bytes a second/],
  'an empty file': ['', /^error null null: the file is empty/],
  'a half-saved file': ['left: /a\nri', /^error/],
  'a wrong type': [`${good}enabled: maybe\n`, /^error 3 enabled: it must be true or false/],
  'a missing folder': ['left: /a\n', /^error .* right: it is missing/],
  'a bare tilde': ['left: /a\nright: ~\n', /^error 2 right: .*"~"/],
  'a relative folder': ['left: a\nright: /b\n', /^error 1 left: a is not an absolute path/],
  'an unknown trigger': [`${good}triggers: [manual, lunch]\n`, /^error 3 triggers\.1: .*manual/],
};

for (const [what, [text, problem]] of Object.entries(broken)) {
  test(`CF-01 with ${what} the last good partnerships stay, and the error has file, line and key`, async (t) => {
    const it = bed(t);
    it.item('docs', good);
    it.item('music', good);
    await it.desk.apply();
    const before = [...it.store.values()];
    it.item('music', good.replace('/b', '/changed'));
    const file = it.item('docs', text);
    const problems = await problemsOf(it);
    assert.match(problems.join('\n'), problem);
    assert.equal((await it.desk.apply()).problems[0]?.file, file);
    assert.deepEqual([...it.store.values()], before);
  });
}

test('CF-01 a broken main file lets no pair run with defaults in its place', async (t) => {
  const it = bed(t);
  it.main('defaults:\n  mode: one-way\n');
  const pair = { left: '/a', right: '/b' };
  assert.throws(() => it.desk.pairSettings(pair), codeOf('configuration-broken'));
  assert.throws(() => it.desk.pairSettings(pair), /config\.yaml:2: defaults\.mode: /);
  it.main('# nothing yet\n');
  assert.deepEqual(it.desk.pairSettings(pair), { left: '/a', right: '/b' });
});

test('CF-04 limits and rules are checked: negative, unknown, and 100 % without its second key', async (t) => {
  const it = bed(t);
  for (const words of [
    'max-delete: -1',
    'max-delete: 120%',
    'max-delete: lots',
    'conflict: mine',
  ]) {
    it.item('docs', `${good}${words}\n`);
    const problems = await problemsOf(it);
    assert.equal(problems.length, 1, words);
    assert.match(problems[0] ?? '', /^error 3 (max-delete|conflict): /);
  }
  it.item('docs', `${good}max-delete: 100%\n`);
  assert.match((await problemsOf(it))[0] ?? '', /^error 3 max-delete: .*allow-all-deletions: true/);
  it.item('docs', `${good}max-delete: {count: 5, share: 100%}\nallow-all-deletions: true\n`);
  assert.deepEqual(await problemsOf(it), []);
  assert.deepEqual(it.store.get('item-docs')?.settings.limits, { count: 5, share: 1 });
});

test('handlers of the main file are registered by name, and each time it is read', async (t) => {
  const it = bed(t);
  it.main('handlers:\n  mail: ./mail.js\n  d1b0f6c2-6a6e-4f5e-9a51-3c1b7f6f2a10: file-copy\n');
  it.item('docs', 'left: a\nright: /b\n');
  assert.equal((await problemsOf(it)).length, 1);
  assert.deepEqual(
    [...it.handlers],
    [
      ['mail', { module: './mail.js', patience: null, blockedMs: 30_000 }],
      [
        'd1b0f6c2-6a6e-4f5e-9a51-3c1b7f6f2a10',
        { module: 'file-copy', patience: null, blockedMs: 30_000 },
      ],
    ],
  );
});

test('CF-01 of a list of handlers with an error nothing is registered', async (t) => {
  const it = bed(t);
  const wrong: Readonly<Record<string, RegExp>> = {
    'folder: ./x.js': /^error 3 handlers\.folder: syncmgr has a handler of this name itself/,
    'Mail: ./x.js': /^error 3 handlers\.Mail: the name of a handler is small letters/,
    'mail: ""': /^error 3 handlers\.mail: it cannot be empty/,
    'mail: 7': /^error 3 handlers\.mail: /,
    '- mail': /^error 1 handlers: it must be a list of names, each with a module or a command/,
  };
  for (const [words, problem] of Object.entries(wrong)) {
    it.main(`handlers:\n${words.startsWith('-') ? '' : '  good: ./good.js\n'}  ${words}\n`);
    const problems = await problemsOf(it);
    assert.equal(problems.length, 1, words);
    assert.match(problems[0] ?? '', problem);
    assert.equal(it.handlers.size, 0, words);
  }
});

test('CF-06 a secret in clear is a warning, and a graver one where others can read the file', async (t) => {
  const it = bed(t);
  const file = it.item('mail', 'handler: imap\nsettings:\n  user: ann\n  password: hunter2\n');
  assert.match((await problemsOf(it)).join(), /^warning 4 settings\.password: a secret in clear\./);
  chmodSync(file, 0o644);
  assert.match((await problemsOf(it)).join(), /others can read.*chmod 600/);
  it.item('mail', 'handler: imap\nsettings:\n  password: "env:MAIL_PASSWORD"\n');
  assert.deepEqual(await problemsOf(it), []);
});

test('CF-07 an edit of the program is refused when a person edited the file meanwhile', async (t) => {
  const it = bed(t);
  const file = it.item('docs', good);
  const edit = () =>
    editItemFile(disk, file, (document) => {
      it.item('docs', `${good}# mine\n`);
      document.set('enabled', false);
    });
  assert.throws(edit, codeOf('configuration-changed'));
  assert.equal(it.read('docs'), `${good}# mine\n`);
});

test('enabling and disabling keeps every comment of the file', async (t) => {
  const it = bed(t);
  it.item('docs', `# my papers\n${good}# slow disk\nmode: contribute # for now\n`);
  await it.desk.setEnabled({ id: 'item-docs' }, false);
  assert.equal(
    it.read('docs'),
    `# my papers\n${good}# slow disk\nmode: contribute # for now\nenabled: false\n`,
  );
  await it.desk.apply();
  assert.equal(it.store.get('item-docs')?.enabled, false);
});

test('what is added is a file of its own that is read back the same', async (t) => {
  const it = bed(t);
  const pair = { left: '/a', right: '/b', maxDelete: { share: 0.3 }, ignore: ['*.o'] };
  const draft = { name: 'docs', handler: 'folder', settings: {}, pair };
  const { id, file } = await it.desk.add(draft);
  assert.equal(file, `${it.folder}/items.d/docs.yaml`);
  assert.deepEqual(it.store.get(id)?.settings, {
    left: '/a',
    right: '/b',
    ignore: ['*.o'],
    limits: { count: 0, share: 0.3 },
  });
  await assert.rejects(it.desk.add(draft), codeOf('partnership-exists'));
  await it.desk.remove({ id });
  await it.desk.apply();
  assert.equal(it.store.size, 0);
});

test('a name that could leave the folder is refused', async (t) => {
  const it = bed(t);
  const pair = { left: '/a', right: '/b' };
  for (const name of ['../x', 'a/b', '.x', '-x', '', 'a\nb']) {
    const draft = { name, handler: 'folder', settings: {}, pair };
    await assert.rejects(it.desk.add(draft), codeOf('usage'), JSON.stringify(name));
  }
});

test('what cannot be added right is not left behind', async (t) => {
  const it = bed(t);
  const pair = { left: 'relative', right: '/b' };
  const draft = { name: 'docs', handler: 'folder', settings: {}, pair };
  await assert.rejects(it.desk.add(draft), codeOf('configuration-broken'));
  assert.equal(disk.stat(`${it.folder}/items.d/docs.yaml`), null);
});

test('two files with one name are an error that names both', async (t) => {
  const it = bed(t);
  it.item('a', `name: docs\n${good}`);
  it.item('docs', good);
  assert.match((await problemsOf(it)).join(), /docs is the name of the partnership in .*a\.yaml/);
});

test('the schema names every key of the files', async (t) => {
  const schema = JSON.stringify(await bed(t).desk.schema());
  for (const key of ['max-delete', 'left', 'triggers', 'defaults', 'trash-days']) {
    assert.match(schema, new RegExp(`"${key}"`));
  }
});

test('triggers are a plain list of kinds, or kinds with their words', async (t) => {
  const it = bed(t);
  it.item('plain', `${good}triggers: [connect, start]\n`);
  it.item(
    'words',
    `${good}triggers:\n  schedule: {cron: "0 3 * * *", zone: Europe/Vienna, missed: all}\n  idle: {after: 10m, repeat: false}\n  change: true\n  start: false\nfresh-within: 1d\n`,
  );
  assert.deepEqual(await problemsOf(it), []);
  assert.deepEqual(it.store.get('item-plain')?.triggers, ['connect', 'start']);
  assert.deepEqual(it.store.get('item-plain')?.terms, plainTerms);
  const words = it.store.get('item-words');
  assert.deepEqual(words?.triggers, ['schedule', 'idle', 'change']);
  assert.deepEqual(words?.terms, {
    ...plainTerms,
    schedules: [
      {
        at: { kind: 'cron', expression: '0 3 * * *', zone: 'Europe/Vienna' },
        missed: 'all',
        jitterMs: 0,
      },
    ],
    idle: { ...plainTerms.idle, afterMs: 600_000, repeatMs: null },
    freshWithinMs: 86_400_000,
  });
});

test('CK-09 a schedule that cannot be is refused with the line, the key and the reason', async (t) => {
  const it = bed(t);
  const wrong: readonly (readonly [string, string])[] = [
    ['""', 'it is empty. Write five fields: minute hour day month weekday.'],
    ['"0 0 30 2 *"', 'no day of any year fits it.'],
    ['"0 3 * *"', 'it has 4 of five fields: minute hour day month weekday.'],
    ['"60 3 * * *"', 'Invalid value for minute: 60.'],
    [
      '"*/10 * * * * *"',
      'it has 6 fields, and the first of them would be seconds. Write five: nothing runs more than once a minute.',
    ],
    [
      '"0 0 3 * * * 2030"',
      'it has 7 fields, and the first of them would be seconds. Write five: nothing runs more than once a minute.',
    ],
  ];
  for (const [cron, reason] of wrong) {
    it.item('nightly', `${good}triggers:\n  start: true\n  schedule: ${cron}\n`);
    assert.deepEqual(await problemsOf(it), [`error 5 triggers.schedule: ${reason}`]);
  }
  it.item('nightly', `${good}triggers:\n  schedule:\n    every: 30s\n`);
  assert.deepEqual(await problemsOf(it), [
    'error 5 triggers.schedule.every: it must be at least 1m: nothing runs more than once a minute.',
  ]);
  it.item('nightly', `${good}triggers:\n  schedule:\n    cron: 0 3 * * *\n    zone: Mars/North\n`);
  assert.deepEqual(await problemsOf(it), [
    'error 6 triggers.schedule.zone: there is no zone Mars/North. Write it as Europe/Vienna.',
  ]);
  assert.equal(it.store.size, 0);
});

test('CK-09 a schedule is shown with its next five runs, by the clock of its zone', async (t) => {
  const it = bed(t);
  it.item('a', `${good}triggers:\n  schedule: "30 2 * * *"\n`);
  it.item('b', `${good}triggers:\n  schedule: {cron: "0 9 * * mon", zone: Asia/Tokyo}\n`);
  const { schedules } = await it.desk.apply();
  const days = ['01', '02', '03', '04', '05'].map((day) => `1970-01-${day} 02:30`);
  const mondays = ['01-05', '01-12', '01-19', '01-26', '02-02'].map((day) => `1970-${day} 09:00`);
  assert.deepEqual(schedules, [
    { partnership: 'a', cron: '30 2 * * *', zone: 'Europe/Vienna', next: days },
    { partnership: 'b', cron: '0 9 * * mon', zone: 'Asia/Tokyo', next: mondays },
  ]);
});

test('limits of the main file are in force when nothing is broken', async (t) => {
  const it = bed(t);
  it.main('limits:\n  sessions: 2\n  handlers: {imap: 1}\n');
  await it.desk.apply();
  it.main('limits:\n  sessions: 0\n');
  assert.deepEqual(await problemsOf(it), ['error 2 limits.sessions: it must be at least 1.']);
  assert.deepEqual(it.limitsUsed, [
    { sessions: 2, handlers: { imap: 1 }, history: { days: 90, sessions: 500 } },
  ]);
});

test('keys that the store hands out in another order are no change', async (t) => {
  const it = bed(t);
  it.item('docs', good);
  await it.desk.apply();
  const [id, stored] = [...it.store][0] ?? assert.fail();
  const terms = Object.fromEntries(Object.entries(stored.terms).reverse());
  const turned = { ...stored, terms } as unknown as Partnership;
  it.store.set(id, turned);
  await it.desk.apply();
  assert.equal(it.store.get(id), turned);
});
