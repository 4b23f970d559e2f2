export interface Random {
  /** A UUID, version 7 where the source allows: sorts by time. */
  uuid(): string;
  /** At least 0, less than 1. */
  fraction(): number;
}
