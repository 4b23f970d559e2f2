// Secrets that a test knows, by reference.
import { syncError } from '../../src/model/error.ts';
import { isSecretReference, type Secrets } from '../../src/ports/secrets.ts';

export function knownSecrets(values: Readonly<Record<string, string>>): Secrets {
  return {
    resolve: async (reference) => {
      const value = isSecretReference(reference) ? values[reference] : undefined;
      if (value !== undefined) return value.replace(/\r?\n$/, '');
      throw syncError('secret-missing', { reference, reason: 'no test planted it' });
    },
  };
}
