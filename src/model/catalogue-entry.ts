// One error of the catalogue.
import type { RetryClass } from './retry.ts';

export interface CatalogueEntry {
  readonly retry: RetryClass;
  /** `{name}` stands for a detail. */
  readonly sentence: string;
}
