// Digests of content: SHA-256, fed in pieces.

export interface Hasher {
  update(bytes: Uint8Array): void;
  /** The digest in hexadecimal; the hasher is spent. */
  hex(): string;
}

export type NewHasher = () => Hasher;
