// What handlers that come with the program take as their settings: given to the configuration, which
// does not know them.
import type { z } from 'zod';
import type { JsonObject } from '../model/json.ts';

export interface HandlerSettings {
  /** What these settings must be; null: whatever the handler makes of them. */
  schema(handler: string, settings: JsonObject): Promise<z.ZodType | null>;
  /** The same for editors, by the name of the handler. */
  jsonSchemas(): Promise<Readonly<Record<string, object>>>;
}
