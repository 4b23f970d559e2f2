#!/usr/bin/env node
// The same handler in a process of its own: nothing it does wrong reaches beyond its session.
//
//   handlers:
//     hello:
//       command: [node, ./hello-process.ts]
//
// Outside of this repository the import reads `from 'syncmgr/handler'`.
import { serve } from '../../src/sdk/handler.ts';
import { handler } from './hello.ts';

await serve(handler, '1.0.0');
