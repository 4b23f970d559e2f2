import { knownSecrets } from '../support/known-secrets.ts';
import { secretsConformance } from './secrets.ts';

secretsConformance('secrets known to a test', {
  secrets: knownSecrets({ 'env:MAIL': 'open sesame\n', 'keyring:mail/me': 'two\nlines\n' }),
  present: { 'env:MAIL': 'open sesame', 'keyring:mail/me': 'two\nlines' },
  absent: { 'env:OTHER': /no test planted it/ },
  planted: ['open sesame', 'two'],
});
