// What the conflict rule says where both sides changed. `ask` leaves it to a person.
import { type Entry, otherSide, type Side } from './entry.ts';
import type { ConflictRule, PlanningInput } from './plan.ts';

type Rules = Pick<PlanningInput, 'mode' | 'conflictRule'>;
export type Winner = Side | 'copy' | 'ask' | 'leave';

/** Who wins at a path at which both sides changed. `leave`: the one-way modes write on no left. */
export function winnerOf(rules: Rules, left: Entry, right: Entry): Winner {
  if (rules.mode === 'contribute') return 'leave';
  const winner = byRule(ruleOf(rules), left, right) ?? fallback(rules);
  return winner === 'right' && rules.mode === 'one-way-safe' ? 'leave' : winner;
}

/** Who wins if both sides moved the same thing; the content is one, so only the place counts. */
export function winnerOfPlace(rules: Rules): Side | 'copy' | 'ask' {
  const rule = ruleOf(rules);
  if (rule === 'left' || rule === 'right' || rule === 'copy') return rule;
  return fallback(rules);
}

function ruleOf({ mode, conflictRule }: Rules): ConflictRule {
  return conflictRule === 'ask' && mode === 'two-way-resolved' ? 'left' : conflictRule;
}

/** Where the rule finds no difference. */
function fallback({ mode }: Rules): 'left' | 'ask' {
  return mode === 'two-way-resolved' ? 'left' : 'ask';
}

function byRule(rule: ConflictRule, left: Entry, right: Entry): Side | 'copy' | 'ask' | null {
  switch (rule) {
    case 'newest':
      return larger(timeOf(left), timeOf(right));
    case 'largest':
      return larger(sizeOf(left), sizeOf(right));
    default:
      return rule;
  }
}

function larger(left: number | null, right: number | null): Side | null {
  if (left === null || right === null || left === right) return null;
  return left > right ? 'left' : 'right';
}

/** A folder's own time says nothing about its content. */
function timeOf(entry: Entry): number | null {
  return entry.kind === 'folder' ? null : entry.signature.mtimeMs;
}

function sizeOf(entry: Entry): number | null {
  return entry.kind === 'file' ? entry.size : null;
}

/** The side whose version steps aside when both are kept: what is a folder stays, else the left. */
export function copyLoser(left: Entry, right: Entry): Side {
  return right.kind === 'folder' && left.kind !== 'folder' ? 'left' : otherSide.left;
}
