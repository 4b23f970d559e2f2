// A server of the web on loopback: what it was asked, and what it answers.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `isSilent`: it takes what comes and never answers. */
interface Given {
  status: number;
  headers: Record<string, string>;
  isSilent: boolean;
}

export class WebSink {
  /** `METHOD /path`, in the order of arrival. */
  readonly asked: string[] = [];
  readonly bodies: string[] = [];
  readonly given: Given = { status: 204, headers: {}, isSilent: false };
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, answer) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        this.asked.push(`${request.method} ${request.url}`);
        this.bodies.push(body);
        const { status, headers, isSilent } = this.given;
        if (!isSilent) answer.writeHead(status, headers).end();
      });
    });
  }

  static async start(): Promise<WebSink> {
    const sink = new WebSink();
    sink.#server.listen(0, '127.0.0.1');
    await once(sink.#server, 'listening');
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
