// Everything that can be asked over HTTP, in the order of the document.
import type { Endpoint } from './endpoint.ts';
import { inboxEndpoints } from './endpoints/inbox.ts';
import { installationEndpoints } from './endpoints/installation.ts';
import { partnershipEndpoints } from './endpoints/partnerships.ts';
import { requestEndpoints } from './endpoints/requests.ts';

export const endpoints: readonly Endpoint[] = [
  ...partnershipEndpoints,
  ...requestEndpoints,
  ...inboxEndpoints,
  ...installationEndpoints,
];
