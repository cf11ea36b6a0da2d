import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plain, read, safeHref } from '../lib/markdown';

test('bold, italic, code, lists, links', () => {
  assert.deepEqual(read('**gras** et *penché*, `INR`'), [
    {
      t: 'p',
      c: [
        { t: 'b', c: [{ t: 'text', v: 'gras' }] },
        { t: 'text', v: ' et ' },
        { t: 'i', c: [{ t: 'text', v: 'penché' }] },
        { t: 'text', v: ', ' },
        { t: 'code', v: 'INR' },
      ],
    },
  ]);
  assert.deepEqual(
    read('- un\n- deux\n\n1. a').map(b => b.t),
    ['ul', 'ol'],
  );
  assert.deepEqual(read('voir https://has-sante.fr.'), [
    {
      t: 'p',
      c: [
        { t: 'text', v: 'voir ' },
        { t: 'a', href: 'https://has-sante.fr/', c: [{ t: 'text', v: 'https://has-sante.fr' }] },
        { t: 'text', v: '.' },
      ],
    },
  ]);
  assert.deepEqual(read('```\nTA 14/8\n**x**\n```'), [{ t: 'pre', v: 'TA 14/8\n**x**' }]);
});

test('what looks like it and is not stays text', () => {
  for (const text of [
    '2 * 3 * 4',
    'code_du_patient_x',
    'a ** b',
    '<b>x</b>',
    '[x](javascript:alert(1))',
    '[x](data:text/html,1)',
    '```\nsans fin',
    '-pas une liste',
    '5*3*2',
    '10**9/L et 12**9/L',
    '15. décembre',
    '2) le suivant',
  ]) {
    const flat = JSON.stringify(read(text));
    assert.ok(!/"t":"(b|i|a|code|pre|ul|ol)"/.test(flat), `${text}: ${flat}`);
  }
});

test('numbers are a list when they begin at 1 or go on, and keep their number', () => {
  assert.deepEqual(
    read('1) un\n2) deux').map(b => (b.t === 'ol' ? [b.start, b.items.length] : b.t)),
    [[1, 2]],
  );
  assert.deepEqual(
    read('3. trois\n4. quatre').map(b => (b.t === 'ol' ? [b.start, b.items.length] : b.t)),
    [[3, 2]],
  );
  assert.deepEqual(read('Le\n15. décembre'), [{ t: 'p', c: [{ t: 'text', v: 'Le' }, { t: 'br' }, { t: 'text', v: '15. décembre' }] }]);
  assert.deepEqual(
    read('1. un\n3. trois').map(b => b.t),
    ['ol', 'p'],
  );
});

test('a parenthesis that the address opened belongs to the link', () => {
  const linked = (text: string): string[] =>
    read(text).flatMap(b => (b.t === 'p' ? b.c.flatMap(n => (n.t === 'a' && n.c[0]?.t === 'text' ? [n.href] : [])) : []));
  assert.deepEqual(linked('https://fr.wikipedia.org/wiki/Angine_(m%C3%A9decine)'), [
    'https://fr.wikipedia.org/wiki/Angine_(m%C3%A9decine)',
  ]);
  assert.deepEqual(linked('(voir https://has-sante.fr/a)'), ['https://has-sante.fr/a']);
  assert.deepEqual(linked('(voir https://has-sante.fr/a_(b)).'), ['https://has-sante.fr/a_(b)']);
  assert.deepEqual(linked('[ici](https://has-sante.fr/a_(b))'), ['https://has-sante.fr/a_(b)']);
});

test('only the web and mail are linked to', () => {
  assert.equal(safeHref('javascript:alert(1)'), null);
  assert.equal(safeHref(' java\nscript:alert(1)'), null);
  assert.equal(safeHref('vbscript:x'), null);
  assert.equal(safeHref('//evil'), null);
  assert.equal(safeHref('mailto:a@b.fr'), 'mailto:a@b.fr');
});

test('names that are mentioned are marked, the longest first', () => {
  assert.deepEqual(read('@Elsa Faure et @Elsa', ['Elsa', 'Elsa Faure']), [
    {
      t: 'p',
      c: [
        { t: 'at', v: '@Elsa Faure' },
        { t: 'text', v: ' et ' },
        { t: 'at', v: '@Elsa' },
      ],
    },
  ]);
});

test('hostile texts cost little', () => {
  const began = Date.now();
  for (const text of [
    '**'.repeat(4000),
    '*a'.repeat(4000),
    '['.repeat(8000),
    '`'.repeat(8000),
    '- '.repeat(4000),
    '@Elsa'.repeat(1600),
    '\n- a'.repeat(2600),
    'https://'.repeat(1000),
    '[a]('.repeat(2000),
  ])
    read(text, ['Elsa']);
  assert.ok(Date.now() - began < 2000, `${Date.now() - began} ms`);
});

test('a quote shows the words without their marks, and numbers as they are', () => {
  assert.equal(plain('**Urgent** : *voir* `INR`\n- un\n- deux'), 'Urgent : voir INR un, deux');
  assert.equal(plain('10**9/L puis 12**9/L'), '10**9/L puis 12**9/L');
});
