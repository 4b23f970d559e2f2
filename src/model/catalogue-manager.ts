// The part of the catalogue about the manager that goes on by itself, and its face for programs.
import type { CatalogueEntry } from './catalogue-entry.ts';

export const managerCatalogue = {
  'background-failed': {
    retry: 'temporary',
    sentence:
      'What goes on by itself failed to {what}: {reason} It goes on, and tries that again in its time.',
  },
  'manager-running': {
    retry: 'fatal',
    sentence:
      'A manager runs on this store already: process {pid}, at {address}. Stop it with: syncmgr down',
  },
  'manager-as-root': {
    retry: 'needs-person',
    sentence:
      'A manager of root would run every handler and hook as root. Start it as a user; or, where that is meant (in a container, for a whole system), with --allow-root.',
  },
  'manager-unreachable': {
    retry: 'temporary',
    sentence: 'No manager answers at {where}. Start one with: syncmgr up',
  },
  'manager-stopping': {
    retry: 'temporary',
    sentence: 'The manager is stopping. Ask again when it is up.',
  },
  'address-taken': {
    retry: 'needs-person',
    sentence: 'The address {address} cannot be used: {reason}. Choose another with --port.',
  },
  'request-malformed': { retry: 'needs-person', sentence: 'The request is not right: {reason}.' },
  'request-too-large': {
    retry: 'needs-person',
    sentence: 'The body of the request is longer than {limit}.',
  },
  'request-unreadable': {
    retry: 'needs-person',
    sentence: 'The body of the request must be application/json.',
  },
  'host-refused': {
    retry: 'needs-person',
    sentence:
      'Nothing is served under the name {host}. Name it under api.hosts in config.yaml if it shall be.',
  },
  'origin-refused': { retry: 'needs-person', sentence: 'A page of {origin} may ask nothing here.' },
  'token-missing': {
    retry: 'auth',
    sentence: 'A token is needed that this manager knows, as Authorization: Bearer.',
  },
  'token-guessed': {
    retry: 'temporary',
    sentence: 'Too many wrong tokens came from there. Wait a minute.',
  },
  'too-many-requests': {
    retry: 'temporary',
    sentence: 'More was asked without a token than is answered in a second. Ask again later.',
  },
  'too-many-viewers': {
    retry: 'temporary',
    sentence: 'As many as may are watching the events already. Close one, or ask again later.',
  },
  'scope-missing': { retry: 'auth', sentence: 'This token has not the scope {scope}.' },
  'only-by-socket': {
    retry: 'needs-person',
    sentence: '{what} can be asked only at this computer, through the socket.',
  },
  'version-stale': {
    retry: 'needs-person',
    sentence: '{what} changed meanwhile. Read it again before changing it.',
  },
} as const satisfies Record<string, CatalogueEntry>;
