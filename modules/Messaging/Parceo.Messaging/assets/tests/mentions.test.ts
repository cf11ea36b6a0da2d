import assert from 'node:assert/strict';
import { test } from 'node:test';
import { named } from '../lib/mentions';

const people = ['Elsa Faure', 'Dr\u00A0Bilal Haddad', 'Farid Zemmour', 'Élise Da Faro', 'Mme Fanny Petit'].map((name, i) => ({
    id: String(i),
    name,
    line: '',
    role: 'Member',
    in: true,
  })),
  names = (typed: string): string[] => named(people, typed).map(p => p.name);

test('a first name comes before a family name', () => {
  assert.deepEqual(names('fa'), ['Farid Zemmour', 'Mme Fanny Petit', 'Elsa Faure', 'Élise Da Faro']);
  assert.deepEqual(names('Far'), ['Farid Zemmour', 'Élise Da Faro']);
});

test('a title is no name, accents and spaces do not count, several words are one name', () => {
  assert.deepEqual(names('bil'), ['Dr\u00A0Bilal Haddad']);
  assert.deepEqual(names('elise'), ['Élise Da Faro']);
  assert.deepEqual(names('da fa'), ['Élise Da Faro']);
  assert.deepEqual(names('dr bi'), ['Dr\u00A0Bilal Haddad']);
});

test('whoever goes on writing after a name is not asked again', () => {
  assert.deepEqual(names('faure '), []);
  assert.deepEqual(names('elsa '), ['Elsa Faure']);
  assert.deepEqual(names('xyz'), []);
});
