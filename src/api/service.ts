// What a face can ask about the service by which the system keeps a manager going.

export interface ServiceWish {
  readonly scope: 'user' | 'system';
  /** Whom a service of the system runs as; null: whoever asks. */
  readonly user: string | null;
}

export interface ServiceShape {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly installed: boolean;
  /** Null: the system does not say. */
  readonly running: boolean | null;
}

export interface ServiceDesk {
  /** As it is now; changes nothing. Rejects with `system-unable` where there are none. */
  look(wish: ServiceWish): Promise<ServiceShape>;
  install(wish: ServiceWish): Promise<ServiceShape>;
  uninstall(wish: ServiceWish): Promise<ServiceShape>;
}
