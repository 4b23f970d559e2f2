// Who asks: by a token in the header, or by the cookie a browser got for a one-time code. A token in
// an address is no token. Wrong ones are slowed down, right ones never.
import { errorRecord } from '../../model/error.ts';
import type { Clock } from '../../ports/clock.ts';
import { isSame, type Principal, type Scope, scopes } from './core/scopes.ts';

export interface Token {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly secret: string;
}

export interface Browser {
  /** Of the secret in its cookie. */
  readonly digest: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export interface BrowserBook {
  read(): readonly Browser[];
  write(browsers: readonly Browser[]): void;
}

export interface AccessPorts {
  readonly clock: Clock;
  /** SHA-256 in hexadecimal: what is compared and kept is never the secret itself. */
  digest(text: string): string;
  /** 256 bits nobody can guess, as text. */
  secret(): string;
  /** Browsers stay signed in over a restart of the manager. */
  readonly browsers: BrowserBook;
  log(level: 'warning' | 'error', text: string): void;
}

export type Verdict = Principal | 'nobody' | 'guessing';

/** The person at this computer: whoever can open the socket could as well edit the files. */
export const owner: Principal = {
  name: 'socket',
  scopes,
  isOwner: true,
  byCookie: false,
};

const browser: Principal = { name: 'browser', scopes, isOwner: false, byCookie: true };

const codeMs = 5 * 60_000;
const wrongFree = 5;
const wrongWaiting = 16;
const wrongMs = 60_000;
const slowMs = 1000;
const browsersMax = 64;
/** How long a browser stays signed in; then it needs another code. */
export const signedInMs = 12 * 60 * 60_000;
export const cookieName = 'syncmgr-session';

export class Access {
  readonly #ports: AccessPorts;
  #tokens: readonly { readonly digest: string; readonly who: Principal }[];
  readonly #codes = new Map<string, number>();
  #browsers: readonly Browser[];
  #wrong: readonly number[] = [];
  #slowed = 0;

  constructor(ports: AccessPorts, tokens: readonly Token[]) {
    this.#ports = ports;
    this.#browsers = ports.browsers.read();
    this.#tokens = tokens.map(({ name, scopes: own, secret }) => ({
      digest: ports.digest(secret),
      who: { name, scopes: own, isOwner: false, byCookie: false },
    }));
  }

  /** Those in force; the secrets themselves are not kept. */
  tokens(): readonly { readonly name: string; readonly scopes: readonly Scope[] }[] {
    return this.#tokens.map(({ who: { name, scopes: own } }) => ({ name, scopes: own }));
  }

  /** From now on it lets nobody in. */
  revoke(name: string): void {
    this.#tokens = this.#tokens.filter(({ who }) => who.name !== name);
  }

  loginCode(): string {
    const code = this.#ports.secret();
    this.#codes.set(this.#ports.digest(code), this.#ports.clock.monotonic() + codeMs);
    return code;
  }

  /** A session for the code, once; null for a code that is unknown, used or old. */
  login(code: string): string | null {
    const digest = this.#ports.digest(code);
    const until = this.#codes.get(digest) ?? 0;
    this.#codes.delete(digest);
    if (until < this.#ports.clock.monotonic()) return null;
    const session = this.#ports.secret();
    this.#signIn(this.#ports.digest(session));
    return session;
  }

  #signIn(digest: string): void {
    const { clock, browsers, log } = this.#ports;
    const now = clock.now();
    const others = this.#browsers.filter((one) => isSignedIn(one, now));
    this.#browsers = [...others, { digest, until: now + signedInMs }].slice(-browsersMax);
    try {
      browsers.write(this.#browsers);
    } catch (thrown) {
      log('warning', `Browsers have to sign in again after a restart: ${errorRecord(thrown).text}`);
    }
  }

  /** Whether it is a right one; a wrong one is not counted. */
  knows(authorization: string | undefined, cookies: string | undefined): boolean {
    const bearer = bearerIn(authorization);
    if (bearer !== null) return this.#byToken(bearer) !== null;
    const session = cookieIn(cookies);
    return session !== null && this.#byCookie(session) !== null;
  }

  /** Resolves later for a wrong token that was not the first: each further guess costs a second. */
  async judge(authorization: string | undefined, cookies: string | undefined): Promise<Verdict> {
    const bearer = bearerIn(authorization);
    if (bearer !== null) return this.#byToken(bearer) ?? this.#wrongGuess();
    const session = cookieIn(cookies);
    if (session !== null) return this.#byCookie(session) ?? this.#wrongGuess();
    return authorization === undefined ? 'nobody' : this.#wrongGuess();
  }

  #byToken(secret: string): Principal | null {
    const digest = this.#ports.digest(secret);
    const fitting = this.#tokens.filter((token) => isSame(token.digest, digest));
    return fitting[0]?.who ?? null;
  }

  #byCookie(session: string): Principal | null {
    const { clock, digest } = this.#ports;
    const own = digest(session);
    const found = this.#browsers.filter((one) => isSame(one.digest, own));
    return found.some((one) => isSignedIn(one, clock.now())) ? browser : null;
  }

  async #wrongGuess(): Promise<Verdict> {
    const { clock } = this.#ports;
    const now = clock.monotonic();
    this.#wrong = [...this.#wrong.filter((at) => at > now - wrongMs), now].slice(-wrongFree - 1);
    if (this.#wrong.length <= wrongFree) return 'nobody';
    if (this.#slowed >= wrongWaiting) return 'guessing';
    this.#slowed += 1;
    await clock.sleep(slowMs);
    this.#slowed -= 1;
    return 'nobody';
  }
}

/** Signed in by a clock that was far ahead, it would stay for too long. */
const isSignedIn = ({ until }: Browser, now: number) =>
  until > now && until <= now + 2 * signedInMs;

const bearerIn = (authorization: string | undefined): string | null =>
  /^Bearer ([\w.~+/-]{1,512}=*)$/i.exec(authorization ?? '')?.[1] ?? null;

function cookieIn(cookies: string | undefined): string | null {
  for (const pair of (cookies ?? '').split(/; */)) {
    if (pair.startsWith(`${cookieName}=`)) return pair.slice(cookieName.length + 1);
  }
  return null;
}
