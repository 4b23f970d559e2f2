// Every page that is generated from the code. A test holds the written ones against these.
import { errorsPage } from './errors.ts';

export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

export function generatedPages(): readonly Page[] {
  return [{ path: 'docs/errors.md', text: errorsPage() }];
}
