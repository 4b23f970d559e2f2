import { quickFolder } from '../../../test/conformance/store/folder.ts';
import { storeConformance } from '../../../test/conformance/store.ts';
import { openSqliteStore } from './store.ts';

storeConformance('SQLite', (clock) => {
  const { folder, remove } = quickFolder();
  return { store: openSqliteStore({ folder, clock }).store, end: remove };
});
