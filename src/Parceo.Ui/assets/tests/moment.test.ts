import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Moments } from '../src/lib/chat/moment';

test('days and times are those of the place', () => {
  const paris = new Moments('Europe/Paris'), reunion = new Moments('Indian/Reunion');
  assert.equal(paris.time('2026-11-23T22:30:00Z'), '23:30');
  assert.equal(reunion.time('2026-11-23T22:30:00Z'), '02:30');
  const now = new Date('2026-11-24T08:00:00Z');
  assert.equal(paris.day('2026-11-23T22:30:00Z', now), 'Hier');
  assert.equal(reunion.day('2026-11-23T22:30:00Z', now), 'Aujourd’hui');
  assert.equal(paris.day('2026-11-20T10:00:00Z', now), 'Vendredi 20 novembre');
  assert.equal(paris.day('2025-03-03T10:00:00Z', now), '3 mars 2025');
});
