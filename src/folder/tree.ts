// New folders of a batch, each built in the stage with all that is in it, then put in place with one
// rename: one call instead of three for every file. The rename cannot replace anything, because the
// system refuses to put a folder over a file, a link or a folder that is not empty.
import type { Folder } from '../ports/filesystem.ts';
import type { Content, Side } from './core/entry.ts';
import type { Done } from './core/outcome.ts';
import type { Creation } from './core/plan.ts';
import { nameOf, parentOf } from './held.ts';
import type { Lane } from './lane.ts';
import { makeFolder } from './place.ts';
import { Refusal } from './refusal.ts';

export interface Tree {
  /** Position in the batch of the folder on top. */
  readonly at: number;
  readonly transition: Creation;
  readonly stageName: string;
  /** Positions of everything below it that was begun. */
  readonly inside: number[];
}

export class Trees {
  readonly #lane: Lane;
  /** By side and path of each folder that is being built. */
  readonly #folders = new Map<string, { readonly tree: Tree; readonly stagePath: string }>();
  readonly all: Tree[] = [];

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  /** Where the content of a transition is built, if its folder is one of these. */
  home(side: Side, path: string): Folder | null {
    const found = this.#folders.get(`${side} ${parentOf(path)}`);
    return found === undefined ? null : this.#lane.held[side].at(found.stagePath);
  }

  /** What the transition's path is to hold is begun in the stage. */
  note(side: Side, path: string, at: number): void {
    this.#folders.get(`${side} ${parentOf(path)}`)?.tree.inside.push(at);
  }

  build(at: number, transition: Creation): Done {
    const { side, path, content } = transition;
    const mode = modeOf(content);
    const above = this.#folders.get(`${side} ${parentOf(path)}`);
    if (above !== undefined) {
      const name = nameOf(path);
      const stagePath = `${above.stagePath}/${name}`;
      const found = makeFolder(this.#lane.held[side].at(above.stagePath), name, mode);
      this.#folders.set(`${side} ${path}`, { tree: above.tree, stagePath });
      above.tree.inside.push(at);
      return {
        state: 'done',
        signature: this.#lane.signature(side, found),
        bytes: 0,
      };
    }
    const stageName = `tree-${at}`;
    const found = makeFolder(this.#lane.stage(side), stageName, mode);
    const tree = { at, transition, stageName, inside: [] };
    this.all.push(tree);
    this.#folders.set(`${side} ${path}`, { tree, stagePath: this.#lane.stagePath(stageName) });
    return {
      state: 'done',
      signature: this.#lane.signature(side, found),
      bytes: 0,
    };
  }

  /** Puts the tree in place and answers the folder on top as it is there. */
  place({ transition, stageName }: Tree): Done {
    const { side, path } = transition;
    const held = this.#lane.held[side];
    const target = held.at(parentOf(path));
    const name = nameOf(path);
    if (target.stat(name) !== null) throw new Refusal('folder-target-appeared');
    held.forget(this.#lane.stagePath(stageName));
    const stage = this.#lane.stage(side);
    const built = stage.stat(stageName);
    this.#lane.patience.insist(() => stage.rename(stageName, target, name));
    const found = target.stat(name);
    // Somebody put another thing there in this moment, and that is not what was agreed on.
    if (found === null || found.inode !== built?.inode) throw new Refusal('folder-target-changed');
    return {
      state: 'done',
      signature: this.#lane.signature(side, found),
      bytes: 0,
    };
  }
}

function modeOf(content: Content): number {
  return content.kind === 'folder' ? content.mode : 0o755;
}
