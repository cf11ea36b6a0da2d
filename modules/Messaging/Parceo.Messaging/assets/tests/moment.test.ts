import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Moments } from '../lib/moment';

test('days and times are those of the place', () => {
  const paris = new Moments('Europe/Paris'),
    reunion = new Moments('Indian/Reunion');
  assert.equal(paris.time('2026-11-23T22:30:00Z'), '23:30');
  assert.equal(reunion.time('2026-11-23T22:30:00Z'), '02:30');
  const now = new Date('2026-11-24T08:00:00Z');
  assert.equal(paris.day('2026-11-23T22:30:00Z', now), 'Hier');
  assert.equal(reunion.day('2026-11-23T22:30:00Z', now), 'Aujourd’hui');
  assert.equal(paris.day('2026-11-20T10:00:00Z', now), 'Vendredi 20 novembre');
  assert.equal(paris.day('2025-03-03T10:00:00Z', now), '3 mars 2025');
  assert.equal(paris.day('2026-09-01T10:00:00Z', now), 'Mardi 1er septembre');
  assert.equal(paris.day('2025-03-01T10:00:00Z', now), '1er mars 2025');
});

test('a day begins at midnight of the place, also where the clock changes', () => {
  const paris = new Moments('Europe/Paris'),
    reunion = new Moments('Indian/Reunion'),
    martinique = new Moments('America/Martinique');
  assert.equal(paris.start('2026-11-23'), '2026-11-22T23:00:00.000Z');
  assert.equal(paris.start('2026-03-29'), '2026-03-28T23:00:00.000Z');
  assert.equal(paris.start('2026-03-29', 1), '2026-03-29T22:00:00.000Z');
  assert.equal(paris.start('2026-10-25', 1), '2026-10-25T23:00:00.000Z');
  assert.equal(reunion.start('2026-11-23'), '2026-11-22T20:00:00.000Z');
  assert.equal(martinique.start('2026-11-23'), '2026-11-23T04:00:00.000Z');
  assert.equal(paris.start('2026-13-45'), '');
});
