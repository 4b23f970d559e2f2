// Shapes of what waits for a person, where it is too long or no JSON: how much there is, a plan folder by
// folder, the image of a version.
import type { PlanChange } from '../model/plan.ts';

/** How much waits for a person; what it is, is asked for where it is shown. */
export interface WaitingShape {
  readonly plans: number;
  readonly conflicts: number;
}

/** Which part of a plan is wanted: what stands directly in one folder, a stretch of it. */
export interface PlanFolderQuery {
  /** Names with `/` between; empty: the top. */
  readonly folder: string;
  /** `side.kind`; left out: all. */
  readonly kinds?: readonly string[];
  /** Case-insensitive part of the path. */
  readonly search?: string;
  readonly from?: number;
  /** 1 to 1,000; default 200. */
  readonly limit?: number;
}

/** One folder of the tree of a plan: its folders by name, then its own changes. */
export interface PlanFolder {
  readonly entries: readonly PlanEntry[];
  /** Of all entries of this folder, not of those given. */
  readonly total: number;
  /** Of all changes at or below it that fit the query. */
  readonly count: number;
  readonly bytes: number;
}

export type PlanEntry =
  | {
      readonly type: 'folder';
      readonly path: string;
      readonly name: string;
      readonly count: number;
      readonly bytes: number;
    }
  /** Without the handler's own words. */
  | { readonly type: 'change'; readonly change: PlanChange };

/** What a browser may show of a version: an image of a kind that is nothing but an image. */
export interface ConflictImage {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
