// A computer of virtual disks behind the filesystem port: one disk for each top folder. Before each call
// somebody may look on, fail it, or pull the plug.
import { posix } from 'node:path';
import type { Filesystem, Folder, Listing, Stat } from '../../../src/ports/filesystem.ts';
import type { Bystander, Call, Caller } from './calls.ts';
import { VirtualFolder } from './handles.ts';
import { diskError, type VirtualNode } from './node.ts';
import type { Volume } from './volume.ts';

export interface Place {
  readonly volume: Volume;
  readonly node: VirtualNode;
}

const linksMax = 40;

export class Machine implements Filesystem, Caller {
  /** By the name of the top folder. */
  readonly volumes: ReadonlyMap<string, Volume>;
  before: Bystander = () => null;
  /** Told after each call that changed something. */
  after: (call: Call) => void = () => undefined;
  #power: 'on' | 'off' = 'on';

  constructor(volumes: ReadonlyMap<string, Volume>) {
    this.volumes = volumes;
  }

  get isOn(): boolean {
    return this.#power === 'on';
  }

  /** For ever: another start of the same disks is another machine. */
  cutPower(): void {
    this.#power = 'off';
  }

  /** Does the call, unless somebody wants it to fail. */
  call<Result>(
    what: Call['what'],
    path: string,
    effect: Call['effect'],
    work: () => Result,
  ): Result {
    this.#refuseWithoutPower();
    const call: Call = { what, path, effect };
    const code = this.before(call);
    this.#refuseWithoutPower();
    if (code !== null) throw diskError(code, `made to fail, ${what} ${path}`);
    const result = work();
    if (effect !== 'none') this.after(call);
    return result;
  }

  #refuseWithoutPower(): void {
    if (!this.isOn) throw diskError('EPOWER', 'the power is off');
  }

  /** What stands at the path; links on the way are followed, its end is not. */
  find(path: string, follow: 'follow' | 'stay' = 'stay'): Place | null {
    return this.#walk(posix.normalize(path), follow, { count: 0 })?.place ?? null;
  }

  #walk(
    path: string,
    follow: 'follow' | 'stay',
    links: { count: number },
  ): { readonly place: Place; readonly path: string } | null {
    const [, top = '', ...names] = path.replace(/\/+$/, '').split('/');
    const volume = this.volumes.get(top);
    if (volume === undefined) return null;
    let node = volume.root;
    let at = `/${top}`;
    for (const [index, name] of names.entries()) {
      if (node.kind !== 'directory') return null;
      const found = volume.find(node, name);
      if (found === null) return null;
      const isLast = index === names.length - 1;
      if (found.node.kind === 'link' && (!isLast || follow === 'follow')) {
        links.count += 1;
        if (links.count > linksMax) throw diskError('ELOOP', path);
        const rest = names.slice(index + 1);
        const next = posix.resolve(at, found.node.target, ...rest);
        return this.#walk(next, follow, links);
      }
      node = found.node;
      at = `${at}/${found.name}`;
    }
    return { place: { volume, node }, path: at };
  }

  #folder(path: string): Place {
    const place = this.find(path, path.endsWith('/.') ? 'follow' : 'stay');
    if (place === null) throw diskError('ENOENT', path);
    if (place.node.kind !== 'directory') throw diskError('ENOTDIR', path);
    return place;
  }

  stat = (path: string): Stat | null =>
    this.call('stat', path, 'none', () => {
      const place = this.find(path);
      return place === null ? null : place.volume.statOf(place.node);
    });

  list = (path: string): Listing =>
    this.call('list', path, 'none', () => {
      const place = this.find(path, 'follow');
      if (place === null) throw diskError('ENOENT', path);
      if (place.node.kind !== 'directory') throw diskError('ENOTDIR', path);
      return { names: [...place.node.names.values()].map(({ name }) => name), unreadable: [] };
    });

  readLink = (path: string): string =>
    this.call('readLink', path, 'none', () => {
      const place = this.find(path);
      if (place?.node.kind !== 'link') throw diskError('EINVAL', path);
      return place.node.target;
    });

  openFolder = (path: string): Folder =>
    this.call('openFolder', path, 'none', () => {
      const { volume, node } = this.#folder(path);
      return new VirtualFolder(this, volume, node, path);
    });

  makeFolders = (path: string): void => {
    if (this.find(path, 'follow') !== null) return;
    const parent = posix.dirname(path);
    this.makeFolders(parent);
    const folder = this.openFolder(parent);
    folder.makeFolder(posix.basename(path), 0o755);
  };

  readFile = (path: string): Uint8Array<SharedArrayBuffer> =>
    this.call('readFile', path, 'none', () => {
      const place = this.find(path, 'follow');
      if (place === null) throw diskError('ENOENT', path);
      if (place.node.kind !== 'file') throw diskError('EISDIR', path);
      const { bytes } = place.node;
      const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
      copy.set(bytes);
      return copy;
    });

  /** As the true one does it, call by call. */
  replaceFile = (path: string, content: Uint8Array): void => {
    const folder = this.openFolder(posix.dirname(path));
    const [name, temporary] = [posix.basename(path), `${posix.basename(path)}.new`];
    if (folder.stat(temporary) !== null) folder.unlink(temporary);
    const file = folder.createFile(temporary, 0o600);
    try {
      file.write(content, content.length, 0);
      file.sync();
    } catch (error) {
      if (this.isOn) folder.unlink(temporary);
      throw error;
    }
    folder.rename(temporary, folder, name);
    folder.sync();
  };

  remove = (path: string): void => {
    if (this.stat(path) === null) return;
    this.openFolder(posix.dirname(path)).unlink(posix.basename(path));
  };

  realPath = (path: string): string =>
    this.call('realPath', path, 'none', () => {
      const found = this.#walk(posix.normalize(path), 'follow', { count: 0 });
      if (found === null) throw diskError('ENOENT', path);
      return found.path;
    });

  flush = (path: string): boolean =>
    this.call('flush', path, 'sync', () => {
      const place = this.find(path, 'follow');
      if (place === null || !place.volume.nature.flushes) return false;
      place.volume.flush();
      return true;
    });

  flushAside = async (path: string): Promise<boolean> => this.flush(path);

  freeBytes = (path: string): number | null => (this.find(path, 'follow') === null ? null : 1e12);
}
