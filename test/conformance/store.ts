// The store's conformance suite: every sentence of the port, over any implementation. Its whole test
// is one call of this with a function that opens an empty store.
import { describe } from 'node:test';
import type { StoreFactory } from './store/bed.ts';
import { conflictRules } from './store/conflicts.ts';
import { eventRules } from './store/events.ts';
import { logRules } from './store/log.ts';
import { partnershipRules, preferenceRules } from './store/partnerships.ts';
import { planRules } from './store/plans.ts';
import { requestRules } from './store/requests.ts';
import { retentionRules } from './store/retention.ts';
import { sessionRules } from './store/sessions.ts';
import { standingRules } from './store/standings.ts';

export function storeConformance(name: string, open: StoreFactory): void {
  describe(`the store in ${name}`, () => {
    partnershipRules(open);
    preferenceRules(open);
    requestRules(open);
    standingRules(open);
    sessionRules(open);
    planRules(open);
    eventRules(open);
    logRules(open);
    conflictRules(open);
    retentionRules(open);
  });
}
