// The client over a manager in this process: each group of verbs stands in a file of its own.
import type { Client } from '../api/client.ts';
import { testIgnore } from './ignore-verb.ts';
import { inboxVerbs } from './inbox-verbs.ts';
import type { LocalDeps } from './local-deps.ts';
import { partnershipVerbs } from './partnership-verbs.ts';
import { runVerbs } from './run-verbs.ts';
import { settingsVerbs } from './settings-verbs.ts';
import { startVerbs } from './start-verbs.ts';

export function localClient(deps: LocalDeps): Client {
  const passing = new Set<string>();
  return {
    ...partnershipVerbs(deps, passing),
    ...runVerbs(deps),
    ...startVerbs(deps),
    ...inboxVerbs(deps),
    ...settingsVerbs(deps),
    about: async () => deps.about(),
    testIgnore: (path, root, patterns) => testIgnore(deps, path, root, patterns),
    catchUp: async () => {
      await deps.manager.markInterrupted();
      return deps.configuration.apply();
    },
    checkConfiguration: () => deps.configuration.apply(),
    configurationSchema: () => deps.configuration.schema(),
    doctor: () => deps.doctor(),
    warnings: deps.warnings,
    close: async () => {
      deps.channel.close();
      for (const id of passing) await deps.manager.remove(id);
      await deps.manager.close();
      await deps.close();
    },
  };
}
