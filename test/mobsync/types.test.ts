// What the compiler says to whoever writes against the old contract: classes with exactly the methods
// of the header are accepted, and each kind of slip is refused where it was made. One compilation for
// all: each fixture is the accepted text with one thing replaced.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { S_OK, SYNCMGRREGISTERFLAG_CONNECT } from '../../src/mobsync/mobsync.ts';
import { Mine as Enumerator } from '../fixtures/mobsync-types/enumerator.ts';
import { Mine as Handler } from '../fixtures/mobsync-types/handler.ts';
import { everyCall } from '../fixtures/mobsync-types/program.ts';
import { oldWorld } from './old-world.ts';

const root = join(import.meta.dirname, '..', '..');
const fixtures = join(root, 'test', 'fixtures', 'mobsync-types');

const accepted = (name: string) => readFileSync(join(fixtures, `${name}.ts`), 'utf8');
const handler = accepted('handler');
const enumerator = accepted('enumerator');

/** The text with one thing in it replaced; it must be there. */
function changed(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, to);
  assert.ok(result !== text, `not in the fixture: ${from}`);
  return result;
}

/** Everything after the name of a method up to its end. */
const method = (name: string) => new RegExp(`\\n {2}${name}\\([\\s\\S]*?\\n {2}\\}\\n`);

const promised = (text: string) =>
  text
    .replaceAll('): HRESULT {', '): Promise<HRESULT> {')
    .replaceAll(/return (\w+);/g, 'return Promise.resolve($1);')
    .replace('class Mine', 'class Promising');

/** Title → the text, and what the compiler must say about it. */
const refused: Readonly<Record<string, readonly [text: string, complaint: RegExp]>> = {
  'a handler without one of the methods is refused': [
    changed(handler, method('ShowError'), '\n'),
    /Property 'ShowError' is missing/,
  ],
  'a handler without the methods of every object is refused': [
    changed(
      changed(handler, 'extends Unknown implements', 'implements'),
      method('constructor'),
      '\n',
    ),
    /missing the following properties.*QueryInterface, AddRef, Release/,
  ],
  'a handler whose item is a number is refused': [
    changed(handler, 'ItemID: GUID, _dwSyncMgrStatus', 'ItemID: number, _dwSyncMgrStatus'),
    /Property 'SetItemStatus'[\s\S]*'string' is not assignable to type 'number'/,
  ],
  'a handler that is given the items before their number is refused': [
    changed(
      handler,
      /_cbNumItems: ULONG,\s+_pItemIDs: readonly GUID\[\]/,
      '_pItemIDs: readonly GUID[], _cbNumItems: ULONG',
    ),
    /Property 'PrepareForSync'[\s\S]*'number' is not assignable to type 'readonly string\[\]'/,
  ],
  'a handler that wants more than it is given is refused': [
    changed(handler, 'Synchronize(_hWndParent: HWND | null)', 'Synchronize(_a: null, _b: ULONG)'),
    /Property 'Synchronize'[\s\S]*Target signature provides too few arguments/,
  ],
  'a handler that answers with nothing is refused': [
    changed(handler, /(SetProgressCallback\([^)]*\)): HRESULT \{[\s\S]*?\n {2}\}/, '$1: void {}'),
    /Property 'SetProgressCallback'[\s\S]*'void' is not assignable to type 'EventualHRESULT'/,
  ],
  'a handler that answers with a word is refused': [
    changed(
      handler,
      /(ShowError\([^)]*\)): HRESULT \{[\s\S]*?\n {2}\}/,
      "$1: string {\n    return 'S_OK';\n  }",
    ),
    /Property 'ShowError'[\s\S]*'string' is not assignable to type 'EventualHRESULT'/,
  ],
  'a handler that fills a cell with another kind of thing is refused': [
    changed(handler, "wszHandlerName: 'Mine'", 'wszHandlerName: 7'),
    /'number' is not assignable to type 'string'/,
  ],
  'an enumerator without one of the methods is refused': [
    changed(enumerator, method('Clone'), '\n'),
    /Property 'Clone' is missing/,
  ],
  'an enumerator that delivers identifiers in place of items is refused': [
    changed(enumerator, 'rgelt: SYNCMGRITEM[]', 'rgelt: string[]'),
    /Property 'Next'[\s\S]*'SYNCMGRITEM' is not assignable to type 'string'/,
  ],
  'an enumerator that is given the array before the number is refused': [
    changed(
      enumerator,
      '_celt: ULONG, _rgelt: SYNCMGRITEM[]',
      '_rgelt: SYNCMGRITEM[], _celt: ULONG',
    ),
    /Property 'Next'[\s\S]*'number' is not assignable to type 'SYNCMGRITEM\[\]'/,
  ],
  'an enumerator whose Skip answers yes or no is refused': [
    changed(
      enumerator,
      /(Skip\([^)]*\)): HRESULT \{[\s\S]*?\n {2}\}/,
      '$1: boolean { return true; }',
    ),
    /Property 'Skip'[\s\S]*'boolean' is not assignable to type 'EventualHRESULT'/,
  ],
  'a program that gives a cookie without its length is refused': [
    changed(accepted('program'), 'cookie.length, cookie)', 'cookie)'),
    /Expected 4 arguments, but got 3/,
  ],
  'a program that takes a promise for the code is refused': [
    changed(accepted('program'), 'const hr: HRESULT = await ', 'const hr: HRESULT = '),
    /'EventualHRESULT' is not assignable to type 'number'/,
  ],
};

const right: Readonly<Record<string, string>> = {
  'a handler with exactly the methods of the header is accepted': handler,
  'a handler whose methods answer with promises is accepted': promised(handler),
  'an enumerator with exactly the methods of the header is accepted': enumerator,
  'an enumerator whose methods answer with promises is accepted': promised(enumerator),
  'the callback, the registration and the invocation are called as documented': accepted('program'),
};

const texts = Object.entries({
  ...right,
  ...Object.fromEntries(Object.entries(refused).map(([title, [text]]) => [title, text])),
});
const fileOf = (title: string) => join(fixtures, `${title.replaceAll(/\W+/g, '-')}.fixture.ts`);
const complaints = compile(new Map(texts.map(([title, text]) => [fileOf(title), text])));

for (const title of Object.keys(right)) {
  test(title, () => assert.deepEqual(complaints(fileOf(title)), []));
}

for (const [title, [, complaint]] of Object.entries(refused)) {
  test(title, () => {
    const said = complaints(fileOf(title));
    assert.equal(said.length, 1, said.join('\n'));
    assert.match(said[0] ?? '', complaint);
  });
}

test('what is accepted runs as well', async (t) => {
  assert.deepEqual([new Handler().Release(), new Enumerator().Release()], [0, 0]);
  const { syncMgr } = oldWorld(t);
  assert.deepEqual(await everyCall(syncMgr, null), [SYNCMGRREGISTERFLAG_CONNECT, S_OK]);
});

/** As the project is compiled, with the given texts in place of files. */
function compile(files: ReadonlyMap<string, string>): (file: string) => readonly string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = files.get(path);
    if (text === undefined) return getSourceFile(path, version, ...rest);
    return ts.createSourceFile(path, text, version, true);
  };
  const program = ts.createProgram(
    [...files.keys()],
    { ...options, noUnusedLocals: false, types: [] },
    host,
  );
  return (file) => {
    const source = program.getSourceFile(file);
    const found: readonly ts.Diagnostic[] = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  };
}
