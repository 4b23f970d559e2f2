// Everything but messages: one of these a run, by its number, and then it goes on as if nothing was.
import { done, serve, tell } from '../frame.ts';

const send = (text: string) => process.stdout.write(`${text}\n`);
const garbage: readonly (() => void)[] = [
  () => send('x'.repeat(20 * 2 ** 20)),
  () => send('{"jsonrpc":"2.0","method":"progress","params":{'),
  () => send('{"jsonrpc":"2.0","method":"progress","params":{"item":"a","value":NaN}}'),
  () => send(`{"jsonrpc":"2.0","method":"log","params":${'['.repeat(100_000)}`),
  () => tell('progress', { item: 7, value: 'many' }),
  () => tell('progress', { item: 'a', value: -5, max: 1e300 }),
  () => tell('log', { level: 'shout', text: [] }),
  () => tell('no such thing', { at: 'all' }),
  () => send('\u0000\u0001\u0002\ufffd'),
];

serve({
  synchronize: () => {
    garbage[Number(process.argv[2])]?.();
    tell('progress', { item: 'a', status: 'succeeded', value: 1 });
    return done;
  },
});
