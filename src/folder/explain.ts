// Why a path of a root is left out or not: the rules of the partnership and every `.syncignore` on
// the way, asked once, for a person.
import type { Filesystem } from '../ports/filesystem.ts';
import { createIgnore, type Explanation, partnershipSources } from './core/ignore.ts';
import { MetRules } from './scan-ignore.ts';

export interface Question {
  /** Real path of the root. */
  readonly root: string;
  /** Relative to it. */
  readonly path: string;
  readonly isFolder: boolean;
  /** The partnership's own patterns. */
  readonly patterns: readonly string[];
}

export function explainIgnore(filesystem: Filesystem, question: Question): Explanation {
  const { root, path, isFolder, patterns } = question;
  const rules = createIgnore(partnershipSources(patterns));
  // Asking makes it meet the files on the way to the path.
  new MetRules(filesystem, root, rules).ignores(path, isFolder);
  return rules.explain(path, isFolder);
}
