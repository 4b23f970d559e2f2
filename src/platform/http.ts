// HTTP as a client needs it. An import of the module would ask for each of its exports, and one of them
// is a client for WebSockets, which takes 40 ms to load.
export const http: typeof import('node:http') = process.getBuiltinModule('node:http');
