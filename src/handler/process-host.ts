// A handler that is a program of its own: started for one session, greeted, spoken to in the protocol of
// docs/protocol.md, and ended with all it has started. Whatever it does wrong is that session's.
import { type SyncError, syncError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { Handler, HandlerSession, Opening } from '../ports/handler.ts';
import { formatDuration } from '../stdx/quantity.ts';
import { features, protocolRevision } from '../wire/protocol.ts';
import { Conversation } from './conversation.ts';
import { openQuietly } from './discreet.ts';
import { Hearing } from './hearing.ts';
import { Life } from './life.ts';
import { Patient } from './patient.ts';
import { ProcessSession } from './process-session.ts';
import type { HandlerProgram, ProgramPorts } from './program.ts';

export function processHandler(
  name: string,
  program: HandlerProgram,
  ports: ProgramPorts,
): Handler {
  return {
    name,
    open: async (opening) => {
      await ports.book.turn(name);
      const secrets = await resolved(program, ports);
      const started = await start(name, program, ports);
      return openQuietly(Object.values(secrets), async () => {
        try {
          return await introduce(started, opening, secrets, program);
        } catch (thrown) {
          ports.book.failed(name);
          started.conversation.close();
          // Not waited for: whoever asked is told now.
          void started.life.end('now');
          throw thrown;
        }
      });
    },
  };
}

interface Started {
  readonly name: string;
  readonly life: Life;
  readonly conversation: Conversation;
  readonly hearing: Hearing;
  readonly patient: Patient;
  readonly ports: ProgramPorts;
}

async function start(name: string, program: HandlerProgram, ports: ProgramPorts): Promise<Started> {
  const { processes, filesystem, clock, book } = ports;
  filesystem.makeFolders(program.folder);
  const running = await processes.start(program);
  const life = new Life(running, clock, book.running(name, running.identity));
  const patient = new Patient({ clock, handler: name, patience: program.patience });
  const hearing = new Hearing(patient, (reason) => conversation.fault(reason));
  const conversation = new Conversation({
    handler: name,
    life,
    ports,
    serves: hearing.serves,
    say: (level, text) => hearing.say(level, text),
  });
  return { name, life, conversation, hearing, patient, ports };
}

async function introduce(
  started: Started,
  opening: Opening,
  secrets: Readonly<Record<string, string>>,
  program: HandlerProgram,
): Promise<HandlerSession | null> {
  const { name, conversation, life } = started;
  const shared = await handshake(started, program.handshakeMs);
  const { cookie, settings, ...more } = opening;
  const answer = await conversation.request('open', {
    ...more,
    settings: settings as JsonObject,
    cookie: cookie === null ? null : btoa(String.fromCharCode(...cookie)),
    secrets,
  });
  if (answer.accepted) {
    return new ProcessSession({ ...started, handler: name, answer, shared }).offered();
  }
  conversation.close();
  await life.end('leave');
  return null;
}

/** The features both sides have. */
async function handshake(
  { name, conversation, ports }: Started,
  limitMs: number,
): Promise<ReadonlySet<string>> {
  const inTime = new AbortController();
  const greeting = conversation.request('initialize', {
    protocol: protocolRevision,
    features: [...features],
    manager: { name: 'syncmgr', version: ports.version },
  });
  const late = ports.clock.sleep(limitMs, inTime.signal).then((): never => {
    throw syncError('handler-silent', { handler: name, limit: formatDuration(limitMs) });
  });
  try {
    const { protocol, features: theirs, handler } = await Promise.race([greeting, late]);
    if (protocol !== protocolRevision) throw otherRevision(name, protocol);
    ports.book.greeted(name, handler.version);
    return new Set(features.filter((one) => theirs.includes(one)));
  } finally {
    greeting.catch(() => {});
    late.catch(() => {});
    inTime.abort();
  }
}

const otherRevision = (handler: string, theirs: number): SyncError =>
  syncError('handler-revision', { handler, theirs, ours: protocolRevision });

async function resolved(
  { secrets }: HandlerProgram,
  ports: ProgramPorts,
): Promise<Readonly<Record<string, string>>> {
  const values = await Promise.all(
    Object.entries(secrets).map(async ([name, reference]) => [
      name,
      await ports.secrets.resolve(reference),
    ]),
  );
  return Object.fromEntries(values) as Record<string, string>;
}
