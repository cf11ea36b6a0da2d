import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fit } from '../lib/paper';

const pixels = (page: { width: number; height: number }, scale: number): number => page.width * scale * (page.height * scale);

test('a page of a letter is drawn sharp and as wide as its sheet', () => {
  const a4 = { width: 595, height: 842 };
  assert.deepEqual(fit(a4, 595, 1), { ratio: '595 / 842', scale: 1 });
  assert.equal(fit(a4, 595, 2).scale, 2);
  assert.equal(fit(a4, 595, 3).scale, 2);
});

test('no page, whatever its file says, takes more than some millions of pixels or a sheet without end', () => {
  for (const page of [
    { width: 10, height: 14_400 },
    { width: 14_400, height: 10 },
    { width: 14_400, height: 14_400 },
    { width: 1, height: 1e7 },
    { width: 1e9, height: 1e9 },
  ]) {
    const { ratio, scale } = fit(page, 896, 2),
      [w, h] = ratio.split(' / ').map(Number);
    assert.ok(scale > 0 && pixels(page, scale) <= 8.01e6, `${page.width} × ${page.height}: ${pixels(page, scale)}`);
    assert.ok((h ?? 0) / (w ?? 1) <= 10, ratio);
  }
});
