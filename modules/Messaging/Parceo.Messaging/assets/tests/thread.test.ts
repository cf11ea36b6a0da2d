import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Thread } from '../lib/thread';
import type { Body, Entry, History, Kind, Line } from '../lib/wire';

const entry = (
  seq: number,
  kind: Kind = 'message',
  by = 'a',
  target: number | null = null,
  body: Body | null = { text: `t${seq}` },
): Entry => ({ conversationId: 'c', seq, id: `i${seq}`, kind, by, at: '2026-11-23T10:00:00Z', clientId: `k${seq}`, target, body });
const line = (seq: number, more: Partial<Line> = {}): Line => ({
  seq,
  id: `i${seq}`,
  kind: 'message',
  by: 'a',
  at: '2026-11-23T10:00:00Z',
  clientId: `k${seq}`,
  text: `t${seq}`,
  mentions: [],
  replyTo: null,
  topic: null,
  priority: false,
  files: [],
  edited: null,
  deleted: false,
  reactions: [],
  confirmedBy: [],
  confirmedAt: [],
  askedOf: [],
  takenBy: null,
  person: null,
  title: null,
  ...more,
});
const page = (messages: Line[], upTo: number, older = false, newer = false): History => ({ messages, upTo, first: 1, older, newer });
const open = (history: History): Thread => {
  const t = new Thread('c', () => ['a', 'b', 'c']);
  t.show(history);
  return t;
};

test('an entry is taken once, in order; a larger number is a gap', () => {
  const t = open(page([line(1)], 1));
  assert.equal(t.take(entry(2)), 'taken');
  assert.equal(t.take(entry(2)), 'known');
  assert.equal(t.take(entry(4)), 'gap');
  assert.deepEqual(
    t.lines.map(l => l.seq),
    [1, 2],
  );
  t.fill([entry(3), entry(4)], 5);
  assert.equal(t.last, 5);
  assert.equal(t.take(entry(4)), 'known');
  assert.deepEqual(
    t.lines.map(l => l.seq),
    [1, 2, 3, 4],
  );
});

test('what is fetched may begin later: numbers that one may not see do not exist', () => {
  const t = open(page([], 0));
  t.fill([entry(7), entry(8)], 8);
  assert.equal(t.take(entry(9)), 'taken');
});

test('edits, deletions, reactions, confirmations and takings fold into their line', () => {
  const t = open(page([line(1), line(2, { priority: true, askedOf: ['b', 'c'] })], 2));
  for (const e of [
    entry(3, 'edit', 'a', 1, { text: 'corrigé', mentions: ['b'] }),
    entry(4, 'react', 'b', 1, { emoji: '👍' }),
    entry(5, 'react', 'b', 1, { emoji: '👍' }),
    entry(6, 'react', 'c', 1, { emoji: '👍' }),
    entry(7, 'unreact', 'b', 1, { emoji: '👍' }),
    entry(8, 'confirm', 'b', 2, null),
    entry(9, 'confirm', 'b', 2, null),
    entry(10, 'take', 'c', 2, null),
    entry(11, 'release', 'b', 2, null),
  ])
    assert.equal(t.take(e), 'taken');
  const [first, second] = t.lines;
  assert.equal(first?.text, 'corrigé');
  assert.ok(first?.edited);
  assert.deepEqual(first?.reactions, [{ emoji: '👍', people: ['c'] }]);
  assert.deepEqual(second?.confirmedBy, ['b']);
  assert.equal(second?.takenBy, 'c', 'only who took it gives it back');
  t.take(entry(12, 'delete', 'a', 1, null));
  t.take(entry(13, 'react', 'b', 1, { emoji: '👀' }));
  assert.equal(t.find(1)?.text, null);
  assert.deepEqual(t.find(1)?.reactions, [], 'nothing comes to a deleted line');
});

test('an older page that was folded before what is known gets it; one folded after is left alone', () => {
  const t = open(page([line(10)], 10, true));
  t.take(entry(11, 'edit', 'a', 5, { text: 'deux' }));
  t.addOlder(page([line(5)], 10));
  assert.equal(t.find(5)?.text, 'deux');
  t.addOlder(page([line(4, { text: 'trois' })], 13)); // folded up to 13, of which 12 is on its way
  t.take(entry(12, 'edit', 'a', 4, { text: 'deux' }));
  assert.equal(t.find(4)?.text, 'trois', 'an edit that is older than the page changes nothing');
});

test('a priority message asks those it names, else all others', () => {
  const t = open(page([], 0));
  t.take(entry(1, 'message', 'a', null, { text: 'x', priority: true }));
  t.take(entry(2, 'message', 'a', null, { text: 'x', priority: true, mentions: ['c'] }));
  assert.deepEqual(
    t.lines.map(l => l.askedOf),
    [['b', 'c'], ['c']],
  );
});

test('10,000 messages: only a stretch is kept, and its ends are known', () => {
  const t = open(
    page(
      Array.from({ length: 60 }, (_, i) => line(9941 + i)),
      10_000,
      true,
    ),
  );
  for (let first = 9941; first > 1;) {
    const from = Math.max(1, first - 60);
    t.addOlder(
      page(
        Array.from({ length: first - from }, (_, i) => line(from + i)),
        10_000,
        from > 1,
      ),
    );
    first = from;
  }
  assert.equal(t.oldest, 1);
  assert.ok(t.lines.length <= 300);
  assert.ok(t.newer);
  t.take(entry(10_001));
  assert.ok(!t.find(10_001), 'it is after the stretch');
  t.addNewer(
    page(
      Array.from({ length: 60 }, (_, i) => line(t.newest - 29 + i)),
      10_001,
      false,
      true,
    ),
  );
  assert.ok(t.older);
  assert.deepEqual(
    t.lines.map(l => l.seq),
    [...t.lines.map(l => l.seq)].sort((a, b) => a - b),
  );
});

test('back at the end, what came meanwhile is asked for again', () => {
  const t = open(page([line(1), line(2)], 9, false, true));
  t.take(entry(10));
  t.addNewer(page([line(3)], 9, false, false));
  assert.equal(t.last, 9);
  t.fill([entry(10)], 10);
  assert.deepEqual(
    t.lines.map(l => l.seq),
    [1, 2, 3, 10],
  );
});

test('a topic read alone shows its lines only, and hears everything all the same', () => {
  const t = new Thread('c', () => ['a', 'b'], 'x');
  t.show(page([line(2, { topic: 'x' })], 3));
  assert.equal(t.take(entry(4, 'message', 'b', null, { text: 'elsewhere' })), 'taken');
  assert.equal(t.take(entry(5, 'message', 'b', null, { text: 'in it', topic: 'x' })), 'taken');
  assert.equal(t.take(entry(6, 'resolve', 'b', null, { topic: 'x' })), 'taken');
  t.fill([entry(7, 'message', 'b', null, { text: 'of another', topic: 'y' })], 7);
  assert.deepEqual([t.last, t.lines.map(l => l.seq)], [7, [2, 5, 6]]);
});
