// A host program of the old contract: it brings a handler class and registers it, asks for one item
// by a cookie, then for all of them by a choice, in which it skips what is already in progress when
// told to, and shows what happens.
//
//   node examples/mobsync/program.ts [--skip NAME] FROM TO [FROM TO …]     folders to copy
//
// The folders are remembered, so that the handler can be run from the terminal as well: see module.ts.
// Where the manager keeps its store is up to the usual places; XDG_STATE_HOME moves it.
import { basename, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openSyncMgr } from '../../src/index.ts';
import { FAILED, S_OK, SYNCMGRINVOKE_STARTSYNC } from '../../src/mobsync/mobsync.ts';
import type { FolderPair } from './folders.ts';
import { CLSID_FileCopy, classes } from './module.ts';
import { remember } from './remembered.ts';

const { values, positionals } = parseArgs({
  options: { skip: { type: 'string' } },
  allowPositionals: true,
});
const pairs = pairsOf(positionals);
await remember(pairs);
const { syncMgr, manager, close } = await openSyncMgr(classes);
const requests: string[] = [];
manager.onEvents((events) => {
  for (const { type, data } of events) {
    if (type === 'request.queued') requests.push(String(data.request));
  }
});
manager.onProgress(({ session, item, name, status, text, value, max }) => {
  say(`    ${name}: ${status} ${value}/${max} ${text}`.trimEnd());
  if (name === values.skip && status === 'updating') manager.skip(session, item);
});

try {
  if (FAILED(await syncMgr.RegisterSyncMgrHandler(CLSID_FileCopy, 'File copy', 0))) {
    throw new Error('the handler could not be registered');
  }
  await updateOne(pairs[0]);
  await updateAll();
} finally {
  await close();
}

/** UpdateItems: the cookie tells our own handler which item is meant. */
async function updateOne(pair: FolderPair | undefined): Promise<void> {
  if (pair === undefined) return;
  say(`Asking for ${pair.name} alone.`);
  const cookie = new TextEncoder().encode(JSON.stringify([pair.id]));
  const flags = SYNCMGRINVOKE_STARTSYNC;
  const hr = await syncMgr.UpdateItems(flags, CLSID_FileCopy, cookie.length, cookie);
  if (hr !== S_OK) throw new Error(`UpdateItems answered ${hr}`);
  await show(await accepted());
}

/** UpdateAll: the choice comes first; here the program confirms it instead of a person. */
async function updateAll(): Promise<void> {
  say('Asking for a choice.');
  await syncMgr.UpdateAll();
  const request = await accepted();
  while ((await manager.choices(request)).length === 0) await soon();
  const choices = await manager.choices(request);
  for (const { info, items } of choices) {
    say(`  ${info.name}`);
    for (const { ticked, name } of items) say(`    [${ticked ? 'x' : ' '}] ${name}`);
  }
  const ticked = choices.map(({ session, items }) => [session, items.map(({ id }) => id)]);
  await manager.confirm(request, Object.fromEntries(ticked));
  await show(request);
}

async function show(request: string): Promise<void> {
  for (const { phase, result } of await manager.whenEnded(request)) {
    say(`  ${phase}`);
    for (const { name, status } of result?.items ?? []) say(`    ${name}: ${status}`);
  }
}

/** The request that the last call led to: SyncMgr only says that there is one. */
async function accepted(): Promise<string> {
  while (requests.length === 0) await soon();
  return requests.shift() ?? '';
}

async function soon(): Promise<void> {
  await new Promise((wake) => setTimeout(wake, 10));
}

function pairsOf(folders: readonly string[]): FolderPair[] {
  return folders.flatMap((folder, index) => {
    const to = folders[index + 1];
    if (index % 2 === 1 || to === undefined) return [];
    const id = `f11ec097-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
    return [{ id, name: basename(folder), from: resolve(folder), to: resolve(to) }];
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
