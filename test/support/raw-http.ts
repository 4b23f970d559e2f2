// HTTP as bytes: what no well-behaved client would send.
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  /** 0 when the connection was closed without an answer. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

export type Place = number | string;

/** Sends the lines of a head and a body, and reads the answer until the connection ends. */
export function rawAsk(
  place: Place,
  head: readonly string[],
  body: string | Uint8Array = '',
): Promise<RawAnswer> {
  const socket = openSocket(place);
  socket.write(`${head.join('\r\n')}\r\nConnection: close\r\n\r\n`);
  if (body.length > 0) socket.write(body);
  return answerOf(socket);
}

export function openSocket(place: Place): Socket {
  return typeof place === 'string' ? connect(place) : connect(place, '127.0.0.1');
}

export function answerOf(socket: Socket): Promise<RawAnswer> {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (piece) => {
    text += piece;
  });
  return new Promise((resolve) => {
    socket.on('error', () => {});
    socket.on('close', () => {
      const [head = '', ...rest] = text.split('\r\n\r\n');
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
      resolve({ status, head, body: rest.join('\r\n\r\n') });
    });
  });
}
