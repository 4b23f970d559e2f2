// The catalogue: code, sentence saying what happened and what to do, retry class. Codes are never
// reused. One section per folder that raises them; docs/errors.md is generated from here.
import type { CatalogueEntry } from './catalogue-entry.ts';
import { managerCatalogue } from './catalogue-manager.ts';

export const errorCatalogue = {
  usage: { retry: 'needs-person', sentence: '{what}' },
  'handler-unknown': {
    retry: 'needs-person',
    sentence: 'No handler is registered under the name {handler}. List them with: syncmgr handlers',
  },
  'partnership-unknown': {
    retry: 'needs-person',
    sentence: 'There is no partnership or item called {name}. List them with: syncmgr items',
  },
  'partnership-exists': {
    retry: 'needs-person',
    sentence:
      'A partnership called {name} exists already. Choose another name, or remove it first.',
  },
  'already-running': {
    retry: 'temporary',
    sentence: '{name} is being synchronized by process {pid}. Wait for it, or stop it there.',
  },
  'handler-failed': { retry: 'temporary', sentence: 'The handler failed: {reason}' },
  'program-unusable': {
    retry: 'needs-person',
    sentence: 'The program {program} cannot be started: {reason}.',
  },
  'handler-silent': {
    retry: 'temporary',
    sentence:
      'The handler {handler} did not introduce itself within {limit}. Is it a handler at all? Try: syncmgr handler test',
  },
  'handler-ended': {
    retry: 'temporary',
    sentence: 'The handler {handler} ended without having completed its work: {how}.',
  },
  'handler-stuck': {
    retry: 'temporary',
    sentence:
      'The handler {handler} was at work without getting anywhere for {limit}, and was told to stop.',
  },
  'handler-deaf': {
    retry: 'temporary',
    sentence: 'The handler {handler} does not read what is sent to it, and was given up.',
  },
  'handler-disabled': {
    retry: 'needs-person',
    sentence:
      'The handler {handler} failed five times in ten minutes and is not started any more since {since}. When it is mended: syncmgr handler enable {handler}',
  },
  'handler-revision': {
    retry: 'needs-person',
    sentence:
      'The handler {handler} speaks revision {theirs} of the protocol, this program revision {ours}. Install versions that fit each other.',
  },
  'handler-lied': {
    retry: 'fatal',
    sentence: 'The handler broke its contract: {reason}. Report this to its author.',
  },
  overdue: { retry: 'temporary', sentence: 'The handler did not finish within {limit}.' },
  'plan-unknown': { retry: 'needs-person', sentence: 'There is no open plan {hash}.' },
  'plan-outdated': {
    retry: 'needs-person',
    sentence:
      'The plan {hash} cannot be carried out any more: {reason}. Make a new one with: syncmgr plan',
  },
  'conflict-unknown': { retry: 'needs-person', sentence: 'There is no conflict {id}.' },
  'conflict-stale': {
    retry: 'needs-person',
    sentence: 'The conflict over {subject} changed meanwhile. Look at it again before deciding.',
  },
  'not-found': { retry: 'needs-person', sentence: '{what} was not found.' },
  // folder: seeing
  'folder-baseline-damaged': {
    retry: 'needs-person',
    sentence:
      'The memory of the last synchronization is damaged ({reason}) and was set aside. Both sides will be compared and merged, nothing deleted.',
  },
  'folder-root-unseen': {
    retry: 'needs-person',
    sentence:
      'The folder {root} vanished or was replaced while it was looked at. Connect its drive again.',
  },
  'folder-stopped': { retry: 'temporary', sentence: 'Stopped as asked.' },
  'folder-unreadable': {
    retry: 'temporary',
    sentence: '{path} could not be read ({reason}). It was left alone, with all below it.',
  },
  'folder-special': {
    retry: 'needs-person',
    sentence: '{path} is neither a file nor a folder nor a link, and is not synchronized.',
  },
  'folder-name-unreadable': {
    retry: 'needs-person',
    sentence: 'The name {path} is not valid UTF-8. Rename it to have it synchronized.',
  },
  'folder-other-disk': {
    retry: 'needs-person',
    sentence: 'Another file system is mounted at {path}; it is not synchronized.',
  },
  'folder-changing': {
    retry: 'temporary',
    sentence: '{path} changed while it was read. It is tried again next time.',
  },
  internal: { retry: 'fatal', sentence: 'syncmgr has a fault: {reason}. Please report it.' },

  // Folders: carrying out a plan.
  'folder-busy': {
    retry: 'temporary',
    sentence:
      '{path} changed while it was read, or another program holds it. It is tried again next time.',
  },
  'folder-target-changed': {
    retry: 'temporary',
    sentence: '{path} changed since it was looked at, so it was left alone. Synchronize again.',
  },
  'folder-target-appeared': {
    retry: 'temporary',
    sentence: '{path} appeared meanwhile, so it was left alone. Synchronize again.',
  },
  'folder-not-empty': {
    retry: 'needs-person',
    sentence:
      'The folder {path} was kept: there is something in it that is not synchronized. Remove it by hand.',
  },
  'folder-way-missing': {
    retry: 'temporary',
    sentence: 'A folder on the way to {path} is missing. Synchronize again.',
  },
  'folder-way-blocked': {
    retry: 'needs-person',
    sentence: 'On the way to {path} stands a link or a file where a folder is needed.',
  },
  'folder-link-unsupported': {
    retry: 'needs-person',
    sentence:
      'The {side} side cannot hold symbolic links. Leave it out, or put a file in its place.',
  },
  'folder-name-unsafe': {
    retry: 'needs-person',
    sentence: 'This name could lead out of the folder. Rename it where it comes from.',
  },
  'folder-plan-unreadable': {
    retry: 'needs-person',
    sentence: 'The plan was stored by another version. Make a new one with: syncmgr plan',
  },
  'folder-name-too-long': {
    retry: 'needs-person',
    sentence: 'The name {path} is too long for the {side} side. Shorten it.',
  },
  'folder-refused': {
    retry: 'needs-person',
    sentence: 'This user may not change or read {path}. Give the right to, or ignore the path.',
  },
  'folder-full': {
    retry: 'quota',
    sentence: 'There is no room on the {side} side for {path}: {bytes} bytes are needed.',
  },
  'folder-read-only': {
    retry: 'needs-person',
    sentence: 'The {side} side cannot be written: its disk is read-only. Nothing more was tried.',
  },
  'folder-disk-failed': {
    retry: 'temporary',
    sentence: 'The disk failed over {path}: {reason}. Check the disk.',
  },
  'folder-astray': {
    retry: 'temporary',
    sentence:
      'The disk did not let {path} go back to its name. It is kept as {place}, and the next run brings it back.',
  },
  'folder-choice-unclear': {
    retry: 'needs-person',
    sentence: '{choice} does not decide over {path}: both versions are alike in that.',
  },
  'folder-root-replaced': {
    retry: 'needs-person',
    sentence: 'The folder at {path} is another one than a moment ago. Nothing was changed there.',
  },
  'folder-setting-invalid': {
    retry: 'needs-person',
    sentence: 'The setting {key} is wrong: {reason}',
  },
  'folder-roots-overlap': {
    retry: 'needs-person',
    sentence: 'The folders {left} and {right} overlap. Choose two that do not contain each other.',
  },
  'folder-root-in-state': {
    retry: 'needs-person',
    sentence: 'The folder {path} overlaps the folder of syncmgr itself, {state}. Choose another.',
  },
  'folder-quarrel': {
    retry: 'needs-person',
    sentence:
      '{path} was carried there and back and there again: another program, or another pair over the same folders, seems to synchronize it too. It is left alone for a day. Stop the other one, then run this by hand.',
  },
  'folder-root-busy': {
    retry: 'temporary',
    sentence: 'Another synchronization is at work in {path}. Wait for it to end.',
  },

  // The session and the manager.
  'handler-unusable': {
    retry: 'needs-person',
    sentence: 'The handler in {where} cannot be used: {reason}.',
  },
  'prepare-refused': {
    retry: 'needs-person',
    sentence: 'The handler could not prepare with nobody there to ask. Run it again by hand.',
  },
  'plan-waits': {
    retry: 'needs-person',
    sentence: 'The plan waits for approval: {reason} Look at it, then: syncmgr approve {hash}',
  },
  'plan-rejected': { retry: 'needs-person', sentence: 'The plan was rejected.' },
  'plan-refused': {
    retry: 'needs-person',
    sentence: 'Nothing was done, and no approval can change that: {reason}',
  },

  'session-interrupted': {
    retry: 'temporary',
    sentence: 'The program that ran this session ended before it did. Synchronize again.',
  },
  'not-supported': { retry: 'needs-person', sentence: 'The handler {handler} cannot {what}.' },

  // The store.
  'store-busy': {
    retry: 'temporary',
    sentence: 'Another program keeps the store {file} locked. Close it there, then try again.',
  },
  'store-closed': { retry: 'fatal', sentence: 'The store is closed already.' },
  'store-damaged': {
    retry: 'needs-person',
    sentence:
      'The store {file} is damaged: {reason}. Start syncmgr again: it sets the file aside and begins a new one.',
  },
  'store-failed': {
    retry: 'temporary',
    sentence: 'The store {file} could not be written or read: {reason}. Check the disk.',
  },
  'store-full': {
    retry: 'quota',
    sentence: 'There is no room left for the store {file}. Free some space on that disk.',
  },
  'store-newer': {
    retry: 'needs-person',
    sentence:
      'The store {file} was written by a newer syncmgr (form {found}, this one knows {known}). Use that version.',
  },
  'store-on-network': {
    retry: 'needs-person',
    sentence:
      'The store {folder} lies on another computer ({kind}), where locks may not hold. Move it to a disk of this one.',
  },
  'store-read-only': {
    retry: 'needs-person',
    sentence: 'The store {file} cannot be written: {reason}. Give this user the right to write.',
  },
  'store-replaced': {
    retry: 'needs-person',
    sentence:
      'The store was damaged ({reason}) and is kept as {keptAs}. A new one was begun, without history, open plans and conflicts; what both sides agreed on is not lost.{offer}',
  },
  'store-sqlite-old': {
    retry: 'fatal',
    sentence: 'SQLite {found} can lose writes; {needed} or later is needed. Use a newer Node.js.',
  },

  // Two folders given by path.
  'pair-root-gone': {
    retry: 'needs-person',
    sentence:
      'The folder {path} was synchronized before and is not there now. Is its disk connected? Nothing was changed.',
  },

  // The configuration.
  'configuration-broken': {
    retry: 'needs-person',
    sentence:
      'The configuration is broken: {place}: {text} Put it right; see: syncmgr config check',
  },
  'configuration-changed': {
    retry: 'needs-person',
    sentence: 'The file {file} was changed meanwhile by somebody else. Look at it, then try again.',
  },

  // The computer around us.
  'system-unable': {
    retry: 'needs-person',
    sentence: 'This computer cannot {what}: {reason}.',
  },
  'watch-impossible': {
    retry: 'needs-person',
    sentence: 'Changes in {root} cannot be watched: {reason}. It is looked at regularly instead.',
  },
  'notification-failed': {
    retry: 'temporary',
    sentence: 'A notification could not be given to {way}: {reason}.',
  },
  'secret-missing': {
    retry: 'needs-person',
    sentence: 'The secret {reference} cannot be had: {reason}.',
  },

  ...managerCatalogue,

  // Programs as items.
  'command-setting-invalid': {
    retry: 'needs-person',
    sentence: 'The setting {key} is wrong: {reason}',
  },
  'command-failed': { retry: 'temporary', sentence: 'The program {program} failed: {reason}' },
  'command-missing': {
    retry: 'needs-person',
    sentence: 'The program {program} is not there. Install it with: {install}',
  },
  'command-too-old': {
    retry: 'needs-person',
    sentence: 'The program {program} is version {found}; {least} or later is needed. Install it.',
  },
  'command-overdue': {
    retry: 'temporary',
    sentence: 'The program {program} did not end within {limit}, and was stopped.',
  },
  'command-silent': {
    retry: 'temporary',
    sentence: 'The program {program} was quiet for {limit}, and was stopped.',
  },
  'command-plan-too-long': {
    retry: 'needs-person',
    sentence: 'The program {program} listed more than {limit} changes, too many for a plan.',
  },
  'hook-failed': { retry: 'temporary', sentence: 'The hook {moment} failed: {reason}' },
  'command-unresolvable': {
    retry: 'needs-person',
    sentence: 'This program cannot be told to keep {choice} of {subject}. Resolve it by hand.',
  },

  // The old contract.
  'mobsync-class-missing': {
    retry: 'needs-person',
    sentence:
      'The handler {class} is registered, but this program does not have it. Start the program that has, name its module under handlers: in config.yaml, or unregister it.',
  },
  'mobsync-failed': { retry: 'temporary', sentence: '{method} answered {code}.' },
} as const satisfies Record<string, CatalogueEntry>;

export type CatalogueCode = keyof typeof errorCatalogue;
