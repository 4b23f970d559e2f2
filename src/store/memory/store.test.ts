import { storeConformance } from '../../../test/conformance/store.ts';
import { openMemoryStore } from './store.ts';

storeConformance('memory', (clock) => ({ store: openMemoryStore({ clock }), end: () => {} }));
