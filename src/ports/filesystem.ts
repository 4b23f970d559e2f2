// The disk of one side, as synchronous calls: they run in worker threads, one per side, because a
// promise per entry costs more than the system call behind it.
//
// Paths are absolute. Errors are thrown with a POSIX `code` (`ENOENT`, `ENOSPC` …).

/** Times in milliseconds as doubles: exact to a quarter of a microsecond for present dates. */
export interface Stat {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  readonly size: number;
  /** Permission bits, 0 to 0o7777. */
  readonly mode: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
  readonly device: number;
  readonly links: number;
}

export interface OpenFile {
  /** As it was when it was opened, where opening had to look anyway. */
  readonly opened?: Stat;
  read(buffer: Uint8Array, length: number, position: number): number;
  write(buffer: Uint8Array, length: number, position: number): number;
  stat(): Stat;
  truncate(size: number): void;
  setTimes(mtimeMs: number): void;
  setMode(mode: number): void;
  sync(): void;
  close(): void;
}

/**
 * A folder held open. Names resolve inside it even if somebody renames it or puts a link in its
 * place meanwhile (MT-3): where the system has descriptor-relative access, through that; elsewhere
 * by checking again that the folder is the one that was opened.
 */
export interface Folder {
  /** Never follows a link. Null when absent. */
  stat(name: string): Stat | null;
  /** Opens a sub-folder; throws ENOTDIR for a link. */
  open(name: string): Folder;
  /**
   * Opens a folder further below in one step, several names at once. Null where it is not proved that
   * no link was followed: then it is to be opened name by name, which also says what is wrong.
   */
  reach?(path: string): Folder | null;
  makeFolder(name: string, mode: number): void;
  removeFolder(name: string): void;
  /** Refuses anything that is not a regular file (MT-1), never blocks, never follows. */
  openFile(name: string): OpenFile;
  /** The same for writing into a file that is there: only ever our own temporary one. */
  editFile(name: string): OpenFile;
  /** Fails with EEXIST. */
  createFile(name: string, mode: number): OpenFile;
  readLink(name: string): string;
  makeLink(name: string, target: string): void;
  /** Gives a file a second name; fails with EEXIST. ENOTSUP where there are no hard links. */
  link(name: string, to: Folder, toName: string): void;
  /** Replaces what is there. */
  rename(name: string, to: Folder, toName: string): void;
  unlink(name: string): void;
  setMode(name: string, mode: number): void;
  setTimes(name: string, mtimeMs: number): void;
  /** Asks the kernel to copy, sharing blocks where it can. Fails with EEXIST. */
  copyFile(name: string, to: Folder, toName: string): void;
  /** The same without copying, by sharing its blocks. False where that cannot be, and nothing is made. */
  shareFile?(name: string, to: Folder, toName: string): boolean;
  list(): Listing;
  /** Puts its names on disk; nothing happens where a folder cannot be synced. */
  sync(): void;
  close(): void;
}

export interface Listing {
  /** In no promised order; valid text only. */
  readonly names: readonly string[];
  /** Names that are not valid UTF-8, as escaped text for people (MT-2). */
  readonly unreadable: readonly string[];
}

export interface Filesystem {
  /** Never follows a link. Null when absent. */
  stat(path: string): Stat | null;
  list(path: string): Listing;
  readLink(path: string): string;
  /** Opens the folder at the path; the path itself may lead through links, its end may not be one. */
  openFolder(path: string): Folder;
  /** Makes the folder and its parents. */
  makeFolders(path: string): void;
  /** The whole file, into memory that threads can share. Throws ENOENT. */
  readFile(path: string): Uint8Array<SharedArrayBuffer>;
  /** Temporary name beside it, synced, renamed, folder synced: the old or the new, never a torn one. */
  replaceFile(path: string, content: Uint8Array): void;
  /** A file or a link, not a folder; nothing happens when it is absent. */
  remove(path: string): void;
  /** The path with every link resolved. */
  realPath(path: string): string;
  /**
   * Puts everything written below the path on disk, with one flush for its whole file system. False:
   * this system cannot; sync each file and folder that was written instead.
   */
  flush(path: string): boolean;
  /** The same without holding up the thread. */
  flushAside(path: string): Promise<boolean>;
  /** Bytes free for this user, or null if unknown. */
  freeBytes(path: string): number | null;
}
