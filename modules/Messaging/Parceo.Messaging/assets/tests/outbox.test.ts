import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '@parceo/ui/sealed';
import { Outbox } from '../lib/outbox';
import { Refused, type Ack, type Posting } from '../lib/wire';

function memory(): Store {
  const all = new Map<string, string>();
  return {
    get length() {
      return all.size;
    },
    key: i => [...all.keys()][i] ?? null,
    getItem: k => all.get(k) ?? null,
    setItem: (k, v) => void all.set(k, v),
    removeItem: k => void all.delete(k),
  };
}

/** A server that answers when told to. */
function setup(store = memory()) {
  const asked: { p: Posting; yes: () => void; no: (e: Error) => void }[] = [],
    later: (() => void)[] = [],
    acked: string[] = [];
  const world = { ready: true };
  const outbox = new Outbox({
    store,
    ready: () => world.ready,
    changed: () => undefined,
    acknowledged: i => acked.push(i.clientId),
    later: run => void later.push(run),
    post: p => new Promise<Ack>((yes, no) => asked.push({ p, yes: () => yes({ seq: asked.length, id: 'x', at: '' }), no })),
  });
  const names = (): string[] => asked.map(a => a.p.clientId);
  return { outbox, asked, later, acked, world, store, names };
}

const post = (clientId: string, conversationId = 'c'): Posting => ({ conversationId, clientId, kind: 'message', text: clientId });
const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

test('one after the other in a conversation, conversations side by side', async () => {
  const s = setup();
  s.outbox.add(post('1'));
  s.outbox.add(post('2'));
  s.outbox.add(post('3', 'd'));
  assert.deepEqual(s.names(), ['1', '3']);
  s.asked[0]?.yes();
  await settle();
  assert.deepEqual(s.names(), ['1', '3', '2']);
  assert.deepEqual(s.acked, ['1']);
});

test('without an answer the same id is sent again, before what follows', async () => {
  const s = setup();
  s.outbox.add(post('1'));
  s.outbox.add(post('2'));
  s.asked[0]?.no(new Error('network'));
  await settle();
  assert.deepEqual(
    s.outbox.of('c').map(i => i.state),
    ['kept', 'kept'],
  );
  s.later[0]?.();
  s.asked[1]?.yes();
  await settle();
  assert.deepEqual(s.names(), ['1', '1', '2']);
});

test('a refusal keeps the text and lets the others pass', async () => {
  const s = setup();
  s.outbox.add(post('1'));
  s.outbox.add(post('2'));
  s.asked[0]?.no(new Refused('message_text_invalid'));
  await settle();
  assert.deepEqual(s.names(), ['1', '2']);
  const [first] = s.outbox.of('c');
  assert.equal(first?.state, 'refused');
  assert.equal(first?.reason, 'message_text_invalid');
  s.outbox.retry();
  await settle();
  assert.deepEqual(s.names(), ['1', '2'], 'it never goes again by itself');
  assert.equal(s.outbox.discard('1')?.text, '1');
});

test('offline everything waits, and leaves in order when the network is back', async () => {
  const s = setup();
  s.world.ready = false;
  for (const id of ['1', '2', '3']) s.outbox.add(post(id));
  await settle();
  assert.deepEqual(s.names(), []);
  assert.equal(s.outbox.kept, 3);
  s.world.ready = true;
  s.outbox.retry();
  s.outbox.retry();
  for (let i = 0; i < 3; i++) {
    s.asked[i]?.yes();
    await settle();
  }
  assert.deepEqual(s.names(), ['1', '2', '3'], 'each once');
  assert.equal(s.store.length, 0);
});

test('what waits survives a reload, in order', async () => {
  const before = setup();
  before.world.ready = false;
  before.outbox.add(post('1'));
  before.outbox.add(post('2'));
  before.store.setItem('outbox:broken', '{');
  const after = setup(before.store);
  after.outbox.retry();
  await settle();
  assert.deepEqual(
    after.outbox.of('c').map(i => i.clientId),
    ['1', '2'],
  );
  assert.deepEqual(after.names(), ['1']);
});
