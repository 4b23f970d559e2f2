// Secrets live elsewhere and are named by reference: `env:NAME`, `file:PATH`, `command:PROGRAM ARG…`,
// `keyring:SERVICE/ACCOUNT`. A value is read when it is needed, and never stored.

export interface Secrets {
  /**
   * The value, without the end of its line. Rejects with `secret-missing`, whose text names the
   * reference and never the value.
   */
  resolve(reference: string): Promise<string>;
}

export type SecretSource = 'env' | 'file' | 'command' | 'keyring';

/** An address such as `file:///srv/photos` names a place and no secret. */
const reference = /^(env|file|command|keyring):(?!\/\/)(.+)$/s;

export const isSecretReference = (text: string): boolean => reference.test(text);

/** Null when it is none. */
export function partsOfReference(
  text: string,
): { readonly source: SecretSource; readonly place: string } | null {
  const [, source, place] = reference.exec(text) ?? [];
  if (source === undefined || place === undefined) return null;
  return { source: source as SecretSource, place: place.trim() };
}
