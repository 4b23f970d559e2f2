// A socket per process, in a folder only this user may enter: how processes on one store speak with
// each other. One line of JSON asks, one answers. The socket of a process that died is removed by the
// next one that gets no answer there.
import { lstatSync, mkdirSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import type { JsonObject } from '../model/json.ts';

export interface LocalChannel {
  listen(answer: (question: unknown) => Promise<JsonObject>): void;
  ask(question: object): Promise<readonly { readonly process: number; readonly answer: unknown }[]>;
  close(): void;
}

/** Most runs are over before anybody could ask about them. */
const listenAfterMs = 150;
const answerMs = 1000;
const lineBytesMax = 16 * 1024 * 1024;
const ending = '.socket';

export function openChannel(folder: string): LocalChannel {
  const own = join(folder, `${process.pid}${ending}`);
  let server: Server | null = null;
  let timer: NodeJS.Timeout | null = null;
  return {
    listen(answer) {
      if (timer !== null) return;
      timer = setTimeout(() => {
        server = isOurs(folder) ? startServer(own, answer) : null;
      }, listenAfterMs);
      timer.unref();
    },
    async ask(question) {
      const others = pidsIn(folder).filter((pid) => pid !== process.pid);
      const answers = await Promise.all(
        others.map(async (pid) => {
          const file = join(folder, `${pid}${ending}`);
          const answer = await askOne(file, question);
          return answer === undefined ? [] : [{ process: pid, answer }];
        }),
      );
      return answers.flat();
    },
    close() {
      if (timer !== null) clearTimeout(timer);
      if (server === null) return;
      server.close();
      remove(own);
    },
  };
}

function startServer(own: string, answer: (question: unknown) => Promise<JsonObject>): Server {
  remove(own);
  const { createServer } = process.getBuiltinModule('node:net');
  const server = createServer((socket) => serve(socket, answer));
  // Without it a run only cannot be reached from elsewhere.
  server.on('error', () => {});
  server.listen(address(own));
  server.unref();
  if (process.platform === 'win32') writeFileSync(own, '');
  return server;
}

/** Windows has pipes with names of their own instead of socket files. */
function address(file: string): string {
  if (process.platform !== 'win32') return file;
  return `\\\\.\\pipe\\syncmgr-${file.replaceAll(/[^\w]/g, '-')}`;
}

/** Nobody else may have prepared the folder for us: it lies in a shared place on some systems. */
function isOurs(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = lstatSync(folder);
    const owned = process.getuid === undefined || uid === process.getuid();
    return owned && (process.platform === 'win32' || (mode & 0o022) === 0);
  } catch {
    return false;
  }
}

function pidsIn(folder: string): readonly number[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => Number.parseInt(name, 10))
      .filter((pid) => Number.isSafeInteger(pid));
  } catch {
    return [];
  }
}

function serve(socket: Socket, answer: (question: unknown) => Promise<JsonObject>): void {
  socket.on('error', () => {});
  // The one who asks may vanish; a run must not be kept alive by it.
  socket.unref();
  readLine(socket, async (text) => {
    const reply = await answer(JSON.parse(text)).catch(() => ({}));
    socket.end(`${JSON.stringify(reply)}\n`);
  });
}

function askOne(file: string, question: object): Promise<unknown> {
  return new Promise((resolve) => {
    const socket = process.getBuiltinModule('node:net').connect(address(file));
    socket.setTimeout(answerMs, () => socket.destroy());
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') remove(file);
    });
    socket.on('close', () => resolve(undefined));
    socket.on('connect', () => socket.write(`${JSON.stringify(question)}\n`));
    readLine(socket, async (text) => resolve(JSON.parse(text)));
  });
}

function readLine(socket: Socket, use: (text: string) => Promise<void>): void {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (piece: string) => {
    text += piece;
    if (text.length > lineBytesMax) socket.destroy();
    else if (text.endsWith('\n')) use(text).catch(() => socket.destroy());
  });
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // It is gone already.
  }
}
