// A plan in the making: one list for each stage of the order that reconcile.ts describes.
import type { Problem } from './entry.ts';
import type {
  Agreement,
  Deletion,
  FolderPlan,
  MetadataChange,
  PathConflict,
  Remark,
  Transition,
} from './plan.ts';

export interface Draft {
  readonly structure: Transition[];
  readonly clearings: Transition[];
  readonly contents: Transition[];
  readonly metadata: MetadataChange[];
  readonly deletions: Deletion[];
  readonly agreements: Agreement[];
  readonly conflicts: PathConflict[];
  readonly problems: Problem[];
  readonly remarks: Remark[];
}

export function emptyDraft(): Draft {
  return {
    structure: [],
    clearings: [],
    contents: [],
    metadata: [],
    deletions: [],
    agreements: [],
    conflicts: [],
    problems: [],
    remarks: [],
  };
}

export function planOf(draft: Draft): FolderPlan {
  const { agreements, conflicts, problems, remarks } = draft;
  const leafFirst = draft.deletions.reverse();
  const { inside, others } = splitByClearing(leafFirst, draft.clearings);
  return {
    transitions: [
      ...draft.structure,
      ...inside,
      ...draft.clearings.reverse(),
      ...draft.contents,
      ...draft.metadata.reverse(),
      ...others,
    ],
    agreements,
    conflicts,
    problems,
    remarks,
  };
}

/** Deletions inside folders that are to be replaced come before the replacement. */
function splitByClearing(
  deletions: readonly Deletion[],
  clearings: readonly Transition[],
): { inside: Deletion[]; others: Deletion[] } {
  const inside: Deletion[] = [];
  const others: Deletion[] = [];
  const replaced = new Set(clearings.map((each) => `${each.side} ${each.path}`));
  for (const deletion of deletions) {
    (isInside(deletion, replaced) ? inside : others).push(deletion);
  }
  return { inside, others };
}

function isInside(deletion: Deletion, replaced: ReadonlySet<string>): boolean {
  if (replaced.size === 0) return false;
  for (let end = deletion.path.lastIndexOf('/'); end > 0; ) {
    if (replaced.has(`${deletion.side} ${deletion.path.slice(0, end)}`)) return true;
    end = deletion.path.lastIndexOf('/', end - 1);
  }
  return false;
}
