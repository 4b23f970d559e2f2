// Two roots with links in them that lead out, and the outside they lead to, of which nothing may be read
// and in which nothing may change.
import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A name that is nowhere else. */
export const sign = 'this is the outside';
export const secret = 'this stands outside, and is nobody’s business';

/** In memory where there is such a disk: a million attempts shall not wear one out. */
function parentFolder(): string {
  const memory = '/dev/shm';
  const tmpfsMagic = 0x01021994;
  return existsSync(memory) && statfsSync(memory).type === tmpfsMagic ? memory : tmpdir();
}

export class Ground {
  readonly top = mkdtempSync(join(parentFolder(), 'syncmgr-escape-'));
  readonly left = join(this.top, 'left');
  readonly right = join(this.top, 'right');
  readonly outside = join(this.top, 'outside');
  readonly #before: string;

  constructor() {
    mkdirSync(join(this.outside, 'deep', 'in'), { recursive: true });
    for (const path of [sign, 'precious.txt', 'file.txt', 'deep/file.txt', 'deep/in/other.txt']) {
      writeFileSync(join(this.outside, path), secret);
    }
    symlinkSync('file.txt', join(this.outside, 'link-file'));
    this.furnish();
    this.#before = this.#look();
  }

  /** The roots anew, whatever has become of them. */
  furnish(): void {
    for (const root of [this.left, this.right]) {
      rmSync(root, { recursive: true, force: true });
      for (const folder of ['in/deep', 'swapped/deep/in']) {
        mkdirSync(join(root, folder), { recursive: true });
      }
      const files = ['file.txt', 'in/file.txt', 'in/deep/other.txt', 'swapped/file.txt'];
      for (const path of [...files, 'swapped/deep/file.txt', 'swapped/deep/in/other.txt']) {
        writeFileSync(join(root, path), `inside: ${path}`);
      }
      for (const folder of [root, join(root, 'in'), join(root, 'swapped/deep')]) {
        symlinkSync(this.outside, join(folder, 'link-whole'));
        symlinkSync(join(this.outside, 'precious.txt'), join(folder, 'link-file'));
        symlinkSync('.', join(folder, 'link-round'));
        symlinkSync('..', join(folder, 'link-up'));
      }
      symlinkSync('../outside', join(root, 'link-out'));
      symlinkSync('../../outside/deep', join(root, 'in', 'link-out'));
    }
  }

  /** Names that are worth trying here. */
  get places(): readonly string[] {
    return [this.outside, `${this.outside}/precious.txt`, '../outside', '../../outside/deep'];
  }

  /** Nothing was made, changed, renamed, linked to or removed there. */
  assertUntouched(): void {
    assert.equal(this.#look(), this.#before, 'something changed outside');
  }

  remove(): void {
    rmSync(this.top, { recursive: true, force: true });
  }

  /** Nothing of it arrived inside, links aside: those may say where they lead. */
  assertKeptApart(): void {
    // Node's own recursion follows links.
    const visit = (folder: string): void => {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) visit(path);
        else if (entry.isFile()) assert.notEqual(readFileSync(path, 'utf8'), secret, path);
      }
    };
    for (const root of [this.left, this.right]) visit(root);
  }

  #look(): string {
    const lines: string[] = [readdirSync(this.top).toSorted().join(' ')];
    const visit = (path: string): void => {
      const found = lstatSync(path, { bigint: true });
      const { mode, ino, size, nlink, mtimeNs, ctimeNs } = found;
      lines.push([path, mode, ino, size, nlink, mtimeNs, ctimeNs, contentOf(path)].join('|'));
      if (found.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
    };
    visit(this.outside);
    return lines.join('\n');
  }
}

function contentOf(path: string): string {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return readlinkSync(path);
  return found.isDirectory() ? readdirSync(path).join(' ') : readFileSync(path, 'utf8');
}
