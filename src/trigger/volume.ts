// A volume has appeared.
import type { Partnership } from '../model/partnership.ts';
import type { Volumes } from '../ports/volumes.ts';
import type { Trigger, TriggerDesk } from './desk.ts';

export interface VolumePorts {
  readonly desk: TriggerDesk;
  readonly volumes: Volumes;
  /** The local folders of a partnership. */
  roots(partnership: Partnership): Promise<readonly string[]>;
}

export class VolumeTrigger implements Trigger {
  readonly #ports: VolumePorts;
  #mounted: ReadonlySet<string> | null = null;

  constructor(ports: VolumePorts) {
    this.#ports = ports;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { volumes, desk } = this.#ports;
    const end = volumes.watch((mounted) => {
      this.#see(mounted).catch((thrown: unknown) => desk.fault('volume', thrown));
    });
    await this.#see(await volumes.mounted());
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
    });
    end();
  }

  async #see(mounted: readonly string[]): Promise<void> {
    const before = this.#mounted;
    this.#mounted = new Set(mounted);
    // What is there at the start has not appeared.
    if (before === null) return;
    const appeared = mounted.filter((path) => !before.has(path));
    if (appeared.length === 0) return;
    const { desk, roots } = this.#ports;
    for (const taker of await desk.takers('volume')) {
      const { volume } = taker.partnership.terms;
      const concerned = volume === null ? await roots(taker.partnership) : [volume];
      const isMeant = appeared.some((path) =>
        volume === null ? concerned.some((root) => isBelow(root, path)) : path === volume,
      );
      if (isMeant) await desk.fire('volume', taker);
    }
  }
}

const isBelow = (path: string, folder: string) =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
