// Entry of a program: a handler that is a module, and held up its manager once, in a process of its own.
import process from 'node:process';
import { moduleHandler } from './handler/module-host.ts';
import { serve } from './sdk/serve.ts';
import { takeStdio } from './sdk/stdio.ts';

const [url = ''] = process.argv.slice(2);
// Before its code is run: what that prints is no message.
const stdio = takeStdio();
await serve(await moduleHandler(url, () => import(url))(), '', stdio);
