// What can be known of the computer's surroundings. Null is unknown, and unknown is not false.

export interface NetworkState {
  /** Whether any connection but the loopback is up. */
  readonly online: boolean | null;
  /** Whether what is carried is paid for by amount. */
  readonly metered: boolean | null;
  readonly connections: readonly NetworkConnection[];
}

export interface NetworkConnection {
  /** The interface's name; the name of preferences per connection. */
  readonly name: string;
  readonly kind: 'wired' | 'wireless' | 'mobile' | 'tunnel' | 'other';
  /** Its own addresses with their prefix lengths: `192.168.1.7/24`. */
  readonly addresses: readonly string[];
  readonly gateway: string | null;
  readonly ssid: string | null;
}

/** What a person may end: the computer, its wakefulness, or the session of the person on it. */
export const computerEnds = ['shutdown', 'sleep', 'hibernate', 'log-off'] as const;
export type ComputerEnd = (typeof computerEnds)[number];

export interface PowerState {
  readonly onBattery: boolean | null;
  /** 0 to 1. */
  readonly charge: number | null;
}
