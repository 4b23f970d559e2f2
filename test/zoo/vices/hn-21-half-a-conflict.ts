// Reports a conflict of which it has one version only.
import { done, serve, tell } from '../frame.ts';

const version = { side: 'left', size: 7, location: null };

serve({
  synchronize: () => {
    tell('conflict', { item: 'a', subject: 'list.txt', kind: 'edit-edit', versions: [version] });
    tell('conflictsSeen', { item: 'a', complete: true });
    return done;
  },
});
