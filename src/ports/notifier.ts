// Telling a person who is not looking.

export interface Notifier {
  /** Resolves when it was handed over. Rejects with `notification-failed`. */
  send(notification: Notification): Promise<void>;
}

/** A sign of life for somebody outside, who raises the alarm when none comes any more. */
export interface Beacon {
  /** Resolves when it was received. Rejects with `notification-failed`. */
  ping(): Promise<void>;
  /** The same of one run, at an address of its own. An abort ends the wait. */
  ran(address: string, moment: RunMoment, signal: AbortSignal): Promise<void>;
}

export type RunMoment = 'start' | 'success' | 'fail';

export interface Notification {
  readonly level: 'information' | 'warning' | 'error';
  readonly title: string;
  /** Hostile text: whoever shows it escapes it. */
  readonly text: string;
  /** A later one with the same key takes the place of the earlier. */
  readonly key: string;
}
