// By which ways a person is told of something while not looking. Addresses and passwords may be
// references to secrets.

export interface NotifyWays {
  /** `if-there`: where a desktop shows notifications, and no complaint where none does. */
  readonly desktop: 'yes' | 'no' | 'if-there';
  /** A program and its arguments; told by its environment and its input. */
  readonly command: readonly string[] | null;
  /** Told by a POST of JSON. */
  readonly webhook: string | null;
  readonly mail: MailWay | null;
  /** Called regularly while all is well with syncmgr itself; whoever listens there misses it. */
  readonly ping: string | null;
}

export interface MailWay {
  /** `smtp://user@host:587` or `smtps://…`. */
  readonly server: string;
  readonly password: string | null;
  readonly from: string;
  readonly to: readonly string[];
}

export const plainNotifyWays: NotifyWays = {
  desktop: 'if-there',
  command: null,
  webhook: null,
  mail: null,
  ping: null,
};
