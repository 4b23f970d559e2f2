// Network connections that a handler may ask for (mobsync 2.5.5): a VPN, a tunnel, a mount.

export interface Connections {
  /** Whether it is up already; such a one is never closed by us (A36). */
  isUp(name: string | null): Promise<boolean>;
  open(name: string | null): Promise<boolean>;
  close(name: string | null): Promise<void>;
}
