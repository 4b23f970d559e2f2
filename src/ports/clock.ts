// Time as a port, with two hands: the wall's, for people, and a monotonic one, for waiting.

export interface Clock {
  /** Milliseconds since 1970; may jump either way. */
  now(): number;
  /** The IANA name of the zone the computer is in; a laptop travels. */
  zone(): string;
  /** Milliseconds since some fixed moment; never goes back. */
  monotonic(): number;
  /** Resolves after that many milliseconds, or at once when aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
