// The examination: each finding says what was looked at, how it is, and if it is not well what to do.
// It looks and changes nothing, but for a flush and an empty file in the state folder.
import type { ConfigurationReport, Finding } from '../api/shapes.ts';
import type { ErrorRecord } from '../model/error.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Clock } from '../ports/clock.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { Store } from '../ports/store.ts';
import { formatCount, formatSize } from '../stdx/quantity.ts';
import { type RootLook, rootFindings } from './doctor-roots.ts';
import { type Surroundings, surroundingFindings } from './doctor-surroundings.ts';

export interface DoctorPorts {
  readonly filesystem: Filesystem;
  readonly clock: Clock;
  readonly store: Store;
  readonly stateFolder: string;
  readonly machine: {
    readonly system: string;
    readonly node: string;
    readonly sqlite: string;
    readonly watchesMax: number | null;
  };
  /** What opening the store brought to light. */
  readonly storeWarnings: readonly ErrorRecord[];
  look(root: string): Promise<RootLook>;
  surroundings(): Promise<Surroundings>;
  configuration(): Promise<ConfigurationReport>;
}

const oldestNode = 24;
const bytesFreeMin = 100 * 1024 * 1024;
const watchesWanted = 65_536;
/** The first line of this program was written after it. */
const earliestClock = Date.UTC(2026, 0, 1);

export async function examine(ports: DoctorPorts): Promise<readonly Finding[]> {
  const partnerships = await ports.store.partnerships.list();
  const roots = partnerships.filter(({ handler }) => handler === 'folder');
  return [
    nodeFinding(ports),
    fine('sqlite', `SQLite ${ports.machine.sqlite}`),
    ...storeFindings(ports),
    ...stateFindings(ports),
    flushFinding(ports),
    clockFinding(ports.clock.now()),
    watchFinding(ports.machine.watchesMax),
    ...surroundingFindings(await ports.surroundings()),
    ...configurationFindings(await ports.configuration()),
    ...(await Promise.all(roots.map((one) => partnershipFindings(ports, one)))).flat(),
  ];
}

function fine(topic: string, text: string): Finding {
  return { topic, level: 'ok', text, advice: null };
}

function nodeFinding({ machine: { node, system } }: DoctorPorts): Finding {
  const text = `Node ${node} on ${system}`;
  if (Number.parseInt(node, 10) >= oldestNode) return fine('node', text);
  return { topic: 'node', level: 'error', text, advice: `Install Node ${oldestNode} or newer.` };
}

function storeFindings({ storeWarnings, stateFolder }: DoctorPorts): Finding[] {
  const warnings = storeWarnings.map(({ code, text }): Finding => {
    const level = code === 'store-replaced' ? 'error' : 'warning';
    return { topic: 'store', level, text, advice: null };
  });
  const begunAnew = warnings.some(({ level }) => level === 'error');
  return begunAnew ? warnings : [fine('store', `sound, in ${stateFolder}`), ...warnings];
}

function stateFindings({ filesystem, stateFolder }: DoctorPorts): Finding[] {
  const free = filesystem.freeBytes(stateFolder);
  const mode = filesystem.stat(stateFolder)?.mode ?? 0;
  const findings: Finding[] = [];
  if ((mode & 0o077) !== 0) {
    const text = `others may look into ${stateFolder}`;
    findings.push({ topic: 'state', level: 'warning', text, advice: `chmod 700 ${stateFolder}` });
  }
  if (free !== null && free < bytesFreeMin) {
    const text = `only ${formatSize(free)} free for the store`;
    findings.push({ topic: 'state', level: 'error', text, advice: 'Make room on that disk.' });
  }
  const room = free === null ? '' : `, ${formatSize(free)} free`;
  return findings.length > 0 ? findings : [fine('state', `private${room}`)];
}

function flushFinding({ filesystem, stateFolder, clock }: DoctorPorts): Finding {
  const begun = clock.monotonic();
  const flushed = filesystem.flush(stateFolder);
  const took = Math.round(clock.monotonic() - begun);
  if (flushed) return fine('flush', `a whole disk can be flushed at once (${took} ms)`);
  const text = 'a whole disk cannot be flushed at once; each file is flushed by itself';
  return { topic: 'flush', level: 'warning', text, advice: 'Many small files take longer.' };
}

function clockFinding(now: number): Finding {
  const text = new Date(now).toISOString();
  if (now > earliestClock) return fine('clock', text);
  const advice = 'Set the clock: times of runs and the trash depend on it.';
  return { topic: 'clock', level: 'error', text: `it says ${text}`, advice };
}

function watchFinding(watchesMax: number | null): Finding {
  if (watchesMax === null) return fine('watching', 'no limit known');
  const text = `${formatCount(watchesMax)} folders can be watched`;
  if (watchesMax >= watchesWanted) return fine('watching', text);
  const advice = `For large trees: sysctl fs.inotify.max_user_watches=${watchesWanted * 8}`;
  return { topic: 'watching', level: 'warning', text, advice };
}

function configurationFindings({ folder, problems }: ConfigurationReport): readonly Finding[] {
  if (problems.length === 0) return [fine('files', folder)];
  return problems.map(({ level, file, line, key, text }) => {
    const place = `${file}:${line ?? 1}: ${key === null ? '' : `${key}: `}${text}`;
    return { topic: 'files', level, text: place, advice: 'See: syncmgr config check' };
  });
}

async function partnershipFindings(
  ports: DoctorPorts,
  partnership: Partnership,
): Promise<readonly Finding[]> {
  const { settings, id, name } = partnership;
  const looks = await Promise.all(
    (['left', 'right'] as const).map(async (side) => {
      const path = settings[side];
      return typeof path === 'string' ? [{ side, path, look: await ports.look(path) }] : [];
    }),
  );
  const ran = (await ports.store.sessions.list({ partnership: id, limit: 1 })).length > 0;
  return rootFindings({ name, id, ran, roots: looks.flat() });
}
