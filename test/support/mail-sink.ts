// A mail server of a test's own, as far as a client can tell: it takes everything and keeps it.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** Head and body as they came. */
  readonly content: string;
}

export class MailSink {
  readonly mails: Mail[] = [];
  /** A closed one refuses everybody. */
  door: 'open' | 'closed' = 'open';
  readonly #server = createServer((socket) => void this.#serve(socket).catch(() => {}));

  static async start(): Promise<MailSink> {
    const sink = new MailSink();
    sink.#server.listen(0, '127.0.0.1');
    await once(sink.#server, 'listening');
    return sink;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  stop(): void {
    this.#server.close();
  }

  async #serve(socket: Socket): Promise<void> {
    // Whoever does not like it here may just go.
    socket.on('error', () => {});
    const say = (line: string) => socket.write(`${line}\r\n`);
    say(this.door === 'closed' ? '421 closed' : '220 sink');
    let from = '';
    let to: string[] = [];
    let content: string[] | null = null;
    for await (const line of createInterface(socket)) {
      if (content !== null) {
        if (line !== '.') content.push(line.replace(/^\.\./, '.'));
        else {
          this.mails.push({ from, to, content: content.join('\n') });
          content = null;
          to = [];
          say('250 kept');
        }
      } else if (/^DATA/i.test(line)) {
        content = [];
        say('354 go on');
      } else {
        from = /^MAIL FROM:<(.*?)>/i.exec(line)?.[1] ?? from;
        const next = /^RCPT TO:<(.*?)>/i.exec(line)?.[1];
        if (next !== undefined) to.push(next);
        say(/^QUIT/i.test(line) ? '221 bye' : '250 fine');
      }
    }
  }
}
