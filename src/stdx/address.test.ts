import assert from 'node:assert/strict';
import { BlockList } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { isNetwork, isWithin } from './address.ts';

const seed = Number(process.env.SEED ?? 1);

test('addresses lie in networks as Node says they do', () => {
  const four = fc.record({ address: fc.ipV4(), network: fc.ipV4(), length: fc.nat({ max: 32 }) });
  const six = fc.record({ address: fc.ipV6(), network: fc.ipV6(), length: fc.nat({ max: 128 }) });
  for (const [kind, each] of [
    ['ipv4', four],
    ['ipv6', six],
  ] as const) {
    const close = fc.record({ pair: each, isSame: fc.boolean() });
    fc.assert(
      fc.property(close, ({ pair, isSame }) => {
        const { address, length } = pair;
        const network = isSame ? address : pair.network;
        // A part of an address in the other kind's way of writing is not ours to read.
        fc.pre(!(address + network).includes('.') || kind === 'ipv4');
        const list = new BlockList();
        list.addSubnet(network, length, kind);
        assert.equal(isWithin(address, `${network}/${length}`), list.check(address, kind));
      }),
      { seed },
    );
  }
});

test('what is no address or no network is in none', () => {
  for (const text of ['', 'nas', '1.2.3', '1.2.3.256', '1:2', ':::', '1::2::3', '12345::']) {
    assert.equal(isWithin(text, '0.0.0.0/0'), false);
    assert.equal(isWithin('1.2.3.4', `${text}/8`), false);
    assert.equal(isNetwork(`${text}/8`), false);
  }
  assert.equal(isNetwork('10.0.0.0'), false);
  assert.equal(isNetwork('10.0.0.0/33'), false);
  assert.equal(isNetwork('fd00::/8'), true);
  assert.equal(isWithin('fd12::1%eth0', 'fd00::/8'), true);
  assert.equal(isWithin('10.1.2.3/24', '10.0.0.0/8'), true);
});
