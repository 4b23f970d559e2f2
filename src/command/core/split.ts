// Text of a stream as lines, whatever portions it comes in. A carriage return ends one too: that is
// how programs redraw their progress. What is longer than the limit is cut, and the rest passed over.

export const lineMax = 64 * 1024;

export class LineSplitter {
  readonly #decoder = new TextDecoder();
  #held = '';

  push(bytes: Uint8Array): readonly string[] {
    return this.#split(this.#decoder.decode(bytes, { stream: true }));
  }

  /** What stood after the last end of a line, if anything did. */
  end(): readonly string[] {
    const lines = this.#split(`${this.#decoder.decode()}\n`);
    return lines;
  }

  #split(text: string): readonly string[] {
    const whole = this.#held + text;
    // A pattern takes several times as long, and few programs redraw.
    const parts = whole.includes('\r') ? whole.split(/[\r\n]+/) : whole.split('\n');
    this.#held = (parts.pop() ?? '').slice(0, lineMax);
    const lines: string[] = [];
    for (const part of parts) {
      if (part !== '') lines.push(part.length > lineMax ? part.slice(0, lineMax) : part);
    }
    return lines;
  }
}
