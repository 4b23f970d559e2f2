// Lists without end, names some twice, and reports on items that it has never listed.
import { done, log, serve, tell } from '../frame.ts';

let page = 0;

serve({
  items: () => {
    page += 1;
    const items = Array.from({ length: 1_000 }, (_, at) => ({ id: `${at % 2 ? page : 0}-${at}` }));
    return { items, complete: true, next: 'more' };
  },
  prepare: ({ items }) => {
    log(`${items.length} items`);
    return { outcome: 'ready', plan: null };
  },
  synchronize: () => {
    for (let at = 0; at < 100; at++) tell('progress', { item: `new ${at}`, status: 'failed' });
    return done;
  },
});
