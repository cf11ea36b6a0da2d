// Light Markdown as a tree of what is allowed and nothing else. What is not understood stays text.

export type Inline =
  { t: 'text' | 'code' | 'at'; v: string } | { t: 'b' | 'i'; c: Inline[] } | { t: 'a'; href: string; c: Inline[] } | { t: 'br' };
export type Block =
  { t: 'p'; c: Inline[] } | { t: 'pre'; v: string } | { t: 'ul'; items: Inline[][] } | { t: 'ol'; start: number; items: Inline[][] };

const DEEPEST = 4;
// Bounded runs: a hostile text costs no more than a long one.
const INLINE =
  /`([^`\n]{1,500})`|(?<![\p{L}\p{N}*])\*\*(?=\S)([^\n]{1,1000}?\S)\*\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}*_])([*_])(?=[^\s*_])([^\n*_]{1,1000})(?<=\S)\3(?![\p{L}\p{N}*_])|\[([^\[\]\n]{1,300})\]\(((?:[^\s()]|\([^\s()]{0,200}\)){1,1000})\)|(https?:\/\/[^\s<>"`*]{1,1000}|mailto:[^\s<>"`*]{1,300})/gu;

/** An address that a message may link to: the web and mail, nothing that runs. */
export function safeHref(address: string): string | null {
  try {
    const url = new URL(address);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Reads a message. `names`: people named in it, marked where « @name » stands. */
export function read(text: string, names: readonly string[] = []): Block[] {
  const blocks: Block[] = [];
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  for (let i = 0; i < lines.length;) {
    const line = lines[i] ?? '';
    if (/^```/.test(line)) {
      const end = lines.findIndex((l, at) => at > i && /^```\s*$/.test(l));
      if (end > i) {
        blocks.push({ t: 'pre', v: lines.slice(i + 1, end).join('\n') });
        i = end + 1;
        continue;
      }
    }
    const list = listAt(lines, i);
    if (list) {
      const items = list.items.map(text => inline(text, names));
      blocks.push(list.start === null ? { t: 'ul', items } : { t: 'ol', start: list.start, items });
      i += items.length;
      continue;
    }
    if (line.trim() === '') {
      i++;
      continue;
    }
    const c: Inline[] = [];
    for (
      let first = true;
      i < lines.length && (lines[i] ?? '').trim() !== '' && !listAt(lines, i) && (first || !/^```/.test(lines[i] ?? ''));
      i++
    ) {
      if (!first) c.push({ t: 'br' });
      c.push(...inline(lines[i] ?? '', names));
      first = false;
    }
    blocks.push({ t: 'p', c });
  }
  return blocks;
}

/** A message on one line, without the marks that the thread does not show either. */
export const plain = (text: string): string =>
  read(text)
    .map(b => (b.t === 'pre' ? b.v : b.t === 'p' ? flat(b.c) : b.items.map(flat).join(', ')))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

const flat = (tree: Inline[]): string => tree.map(n => ('v' in n ? n.v : 'c' in n ? flat(n.c) : ' ')).join('');

/** The list that begins on a line. Numbers are one when they begin at 1 or go on: « 15. décembre » and a lone « 2) » are words. */
function listAt(lines: readonly string[], from: number): { start: number | null; items: string[] } | null {
  const first = mark(lines[from] ?? '');
  if (!first) return null;
  const items: string[] = [];
  for (
    let item: typeof first | null = first;
    item && (first.n === null ? item.n === null : item.n === first.n + items.length);
    item = mark(lines[from + items.length] ?? '')
  ) {
    items.push(item.text);
  }
  return first.n !== null && first.n !== 1 && items.length < 2 ? null : { start: first.n, items };
}

function mark(line: string): { n: number | null; text: string } | null {
  const found = /^\s{0,3}(?:([-*•])|(\d{1,3})[.)]) +(\S.*)$/.exec(line);
  return found ? { n: found[1] ? null : Number(found[2]), text: found[3] ?? '' } : null;
}

function inline(text: string, names: readonly string[], depth = 0): Inline[] {
  const out: Inline[] = [];
  let at = 0;
  if (depth < DEEPEST) {
    for (const m of text.matchAll(INLINE)) {
      let node: Inline | null = null,
        length = m[0].length;
      if (m[1] !== undefined) node = { t: 'code', v: m[1] };
      else if (m[2] !== undefined) node = { t: 'b', c: inline(m[2], names, depth + 1) };
      else if (m[4] !== undefined) node = { t: 'i', c: inline(m[4], names, depth + 1) };
      else if (m[5] !== undefined) {
        const href = safeHref(m[6] ?? '');
        if (href) node = { t: 'a', href, c: [{ t: 'text', v: m[5] }] };
      } else if (m[7] !== undefined) {
        const address = ofSentence(m[7]),
          href = safeHref(address);
        if (href) node = { t: 'a', href, c: [{ t: 'text', v: address }] };
        length = address.length;
      }
      if (!node) continue;
      out.push(...named(text.slice(at, m.index), names), node);
      at = m.index + length;
    }
  }
  out.push(...named(text.slice(at), names));
  return out;
}

/** An address without what belongs to the sentence after it; a parenthesis that it opened itself is its own. */
function ofSentence(address: string): string {
  let end = address.length;
  while (end > 0) {
    const last = address.charAt(end - 1);
    if (last === ')') {
      const kept = address.slice(0, end);
      if (kept.split('(').length >= kept.split(')').length) break;
    } else if (!/[.,;:!?\]»’']/.test(last)) break;
    end--;
  }
  return address.slice(0, end);
}

function named(text: string, names: readonly string[]): Inline[] {
  const out: Inline[] = [];
  let rest = text;
  while (rest) {
    let first = -1,
      who = '';
    for (const name of names) {
      const found = rest.indexOf(`@${name}`);
      if (found >= 0 && (first < 0 || found < first || (found === first && name.length > who.length))) [first, who] = [found, name];
    }
    if (first < 0) break;
    if (first > 0) out.push({ t: 'text', v: rest.slice(0, first) });
    out.push({ t: 'at', v: `@${who}` });
    rest = rest.slice(first + who.length + 1);
  }
  if (rest) out.push({ t: 'text', v: rest });
  return out;
}
