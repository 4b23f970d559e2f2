// The same handler as file-copy.ts, against today's interface. What is missing here is what the
// manager does now: asking before each item, telling skipped from stopped and failed, the last
// report, the log line of a failure.
import type { Handler } from '../../src/ports/handler.ts';
import { defineHandler } from '../../src/sdk/handler.ts';
import { copyNewer, type FolderPair, filesToCopy } from './folders.ts';

export function fileCopyHandler(pairs: readonly FolderPair[]): Handler {
  const pairOf = (item: string) => pairs.find(({ id }) => id === item);
  return defineHandler({
    name: 'file-copy',
    title: 'File copy',
    items: async ({ cookie }) => {
      const wanted = cookie && new Set<string>(JSON.parse(new TextDecoder().decode(cookie)));
      return pairs.map(({ id, name }) => ({ id, name, checked: wanted?.has(id) ?? true }));
    },
    synchronizeItem: async (context, item, signal) => {
      const pair = pairOf(item);
      if (pair === undefined) throw new Error('this item is gone');
      const files = await filesToCopy(pair);
      for (const [value, file] of files.entries()) {
        context.progress(item, { text: file, value, max: files.length });
        signal.throwIfAborted();
        await copyNewer(pair, file);
      }
      context.log('information', `${pair.name}: ${files.length} files copied.`, { item });
      return { counts: { 'right.update': files.length }, bytes: 0 };
    },
  });
}
