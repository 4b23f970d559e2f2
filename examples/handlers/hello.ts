// The smallest handler, as a module: it greets. `config.yaml` names it:
//
//   handlers:
//     hello: ./hello.ts
//
// Outside of this repository the import reads `from 'syncmgr/handler'`.
import { defineHandler } from '../../src/sdk/handler.ts';

export const handler = defineHandler<readonly string[]>({
  name: 'hello',
  open: async ({ settings }) =>
    Array.isArray(settings.names) ? settings.names.map(String) : ['world'],
  items: async ({ state }) => state.map((name) => ({ id: name })),
  synchronizeItem: async (context, name) => {
    context.progress(name, { text: 'greeting', value: 1, max: 1 });
    context.log('information', `Hello, ${name}.`, { item: name });
    return undefined;
  },
});
