// The parts of the engine a simulated history is made with. The true ones, or with one of them broken,
// to see that the history notices.
import { reconcile } from '../../src/folder/core/reconcile.ts';
import { guardFacts } from '../../src/folder/core/safety.ts';
import { settle } from '../../src/folder/core/settle.ts';
import { trustOf } from '../../src/folder/core/trust.ts';
import { halts } from '../../src/session/core/guard.ts';
import { applyPlan } from '../support/tree-apply.ts';

export const trueParts = { reconcile, settle, applyPlan, guardFacts, halts, trustOf };

export type Parts = typeof trueParts;
