export interface Random {
  /** A UUID, version 7 where the source allows: sorts by time. */
  uuid(): string;
}
