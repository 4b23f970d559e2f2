// Everything that can be asked over HTTP, in the order of the document.
import type { Endpoint } from './endpoint.ts';
import { inboxEndpoints } from './endpoints/inbox.ts';
import { installationEndpoints } from './endpoints/installation.ts';
import { partnershipEndpoints } from './endpoints/partnerships.ts';
import { requestEndpoints } from './endpoints/requests.ts';
import { settingsEndpoints } from './endpoints/settings.ts';
import { startEndpoints } from './endpoints/starts.ts';

export const endpoints: readonly Endpoint[] = [
  ...partnershipEndpoints,
  ...requestEndpoints,
  ...startEndpoints,
  ...inboxEndpoints,
  ...installationEndpoints,
  ...settingsEndpoints,
];
