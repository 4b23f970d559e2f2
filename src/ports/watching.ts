// Being told of changes in a tree. What is told is a hint and never the truth: something changed near
// a path, and whoever is told looks for himself. What is not told is the harm, so a watch says when it
// may have missed something.

export interface Watching {
  /**
   * Begins to watch all below a folder. Resolves when changes from now on are told. Rejects with
   * `watch-impossible`: then there are only scans.
   */
  watch(root: string, listener: (hint: WatchHint) => void): Promise<Watch>;
}

export type WatchHint =
  /** Paths relative to the root, `/` between names; a folder stands for all below it. */
  | { readonly kind: 'changed'; readonly paths: readonly string[] }
  /** Some may have been lost: look at everything. */
  | { readonly kind: 'lost'; readonly reason: string }
  /** Nothing will be told any more. */
  | { readonly kind: 'broken'; readonly reason: string };

export interface Watch {
  /**
   * True: all that happened before the call has been told by now. False: that cannot be known. What
   * nobody is told of is what a program writes into memory it has mapped, or through another name of
   * the file outside of the tree.
   */
  isAllTold(): Promise<boolean>;
  close(): Promise<void>;
}
