import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SealedStore, type Store } from '../src/lib/sealed';
import { wait } from '../src/lib/wait';

const KEY = btoa('k'.repeat(32)),
  OTHER = btoa('o'.repeat(32)),
  TEXT = 'Mme Bayer, 84 ans, chute à domicile';

function memory(): Store & { all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    get length() {
      return all.size;
    },
    key: i => [...all.keys()][i] ?? null,
    getItem: k => all.get(k) ?? null,
    setItem: (k, v) => void all.set(k, v),
    removeItem: k => void all.delete(k),
  };
}

async function kept(text = TEXT): Promise<ReturnType<typeof memory>> {
  const below = memory(),
    store = await SealedStore.of(below, 'moi', KEY);
  store.setItem('draft:1', text);
  await store.written;
  return below;
}

test('an unsent text survives a reload, and is not to be read in the browser', async () => {
  const below = await kept();
  assert.equal(below.all.size, 1);
  assert.equal(
    [...below.all.values()].some(v => v.includes('Bayer') || atob(v).includes('Bayer')),
    false,
  );
  assert.equal((await SealedStore.of(below, 'moi', KEY)).getItem('draft:1'), TEXT);
});

test('a long text is sealed whole', async () => {
  const long = 'é'.repeat(8000);
  assert.equal((await SealedStore.of(await kept(long), 'moi', KEY)).getItem('draft:1'), long);
});

test('another person sees nothing of it and leaves it; another key opens nothing', async () => {
  const below = await kept();
  assert.equal((await SealedStore.of(below, 'autre', OTHER)).length, 0);
  assert.equal(below.all.size, 1);
  assert.equal((await SealedStore.of(below, 'moi', OTHER)).length, 0);
  assert.equal(below.all.size, 0);
});

test('a text moved to another place does not open', async () => {
  const below = await kept(),
    [name, value] = [...below.all][0] ?? ['', ''];
  below.all.set(name.replace('draft:1', 'draft:2'), value);
  const again = await SealedStore.of(below, 'moi', KEY);
  assert.deepEqual([again.getItem('draft:1'), again.getItem('draft:2')], [TEXT, null]);
});

test('the last one written stays, and one removed meanwhile does not come back', async () => {
  const below = memory(),
    store = await SealedStore.of(below, 'moi', KEY);
  for (const text of ['a', 'ab', 'abc']) store.setItem('draft:1', text);
  store.setItem('draft:2', 'x');
  store.removeItem('draft:2');
  await store.written;
  const again = await SealedStore.of(below, 'moi', KEY);
  assert.deepEqual([again.getItem('draft:1'), again.getItem('draft:2')], ['abc', null]);
});

test('without a key nothing is written', async () => {
  const below = memory(),
    store = await SealedStore.of(below, 'moi', null);
  store.setItem('draft:1', TEXT);
  await store.written;
  assert.deepEqual([store.getItem('draft:1'), below.all.size], [TEXT, 0]);
});

test('tries come back ever later, ten seconds at most, and not all at once', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 50].map(n => wait(n, 0.5)),
    [0, 1000, 2000, 4000, 8000, 10_000, 10_000],
  );
  assert.deepEqual([wait(1, 0), wait(1, 1)], [900, 1100]);
});
