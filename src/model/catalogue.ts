// The catalogue: code, sentence saying what happened and what to do, retry class. Codes are never
// reused. One section per folder that raises them; docs/errors.md is generated from here.
import type { RetryClass } from './retry.ts';

interface Entry {
  readonly retry: RetryClass;
  /** `{name}` stands for a detail. */
  readonly sentence: string;
}

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
  internal: { retry: 'fatal', sentence: 'syncmgr has a fault: {reason}. Please report it.' },

  // The store.
  'store-busy': {
    retry: 'temporary',
    sentence: 'Another program kept the store {file} locked for {seconds} seconds. Close it there.',
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
  'store-read-only': {
    retry: 'needs-person',
    sentence: 'The store {file} cannot be written: {reason}. Give this user the right to write.',
  },
  'store-sqlite-old': {
    retry: 'fatal',
    sentence: 'SQLite {found} can lose writes; {needed} or later is needed. Use a newer Node.js.',
  },
} as const satisfies Record<string, Entry>;

export type CatalogueCode = keyof typeof errorCatalogue;
