import { announce, make } from '../page';
import type { Link } from './link';
import type { Moments } from './moment';
import { count, word } from './words';

const DEBOUNCE_MS = 300, LEAST = 2;

interface Hit { conversationId: string; conversation: string; seq: number; by: string; byName: string; at: string; excerpt: string }

/** The search above the list: what is found stands in place of the conversations until the field is empty. Words travel in a body (S66). */
export class Find {
  #timer = 0;
  #search: AbortController | undefined;

  constructor(private readonly field: HTMLInputElement, private readonly here: HTMLInputElement | null, private readonly list: HTMLElement, private readonly place: HTMLElement,
    private readonly link: Link, private readonly moments: Moments, private readonly open: () => string | null) {
    field.addEventListener('input', () => this.#soon());
    here?.addEventListener('change', () => this.#soon());
    field.form?.addEventListener('submit', e => { e.preventDefault(); e.stopPropagation(); this.#soon(0); });
    field.addEventListener('keydown', e => { if (e.key === 'Escape' && field.value) { e.preventDefault(); e.stopPropagation(); field.value = ''; this.#soon(0); } });
  }

  #soon(wait = DEBOUNCE_MS): void {
    clearTimeout(this.#timer);
    this.#search?.abort();
    const words = this.field.value.trim();
    if (words.length < LEAST) { this.place.hidden = true; this.list.hidden = false; return; }
    this.#timer = window.setTimeout(() => void this.#ask(words), wait);
  }

  async #ask(text: string, next?: string): Promise<void> {
    const search = this.#search = new AbortController(), conversationId = this.here?.checked ? this.open() : null;
    let found: { hits: Hit[]; next?: string | null };
    try {
      found = await this.link.http('search', 'POST', { text, ...(conversationId && { conversationId }), ...(next && { next }) }, search.signal);
    } catch {
      if (!search.signal.aborted) this.#show([make('p', { class: 'sec' }, word('searchFailed'))], false);
      return;
    }
    const rows = found.hits.map(h => make('li', {}, make('a', { class: 'conv hitrow', href: `/messages/${h.conversationId}#m${h.seq}`, 'data-thread': '', 'data-row': '' },
      make('span', { class: 'stack' }, make('span', { class: 'row-f s q2' }, make('span', { class: 'grow clip' }, `${h.conversation} · ${h.byName}`), make('span', { class: 'num nw' }, this.moments.brief(h.at))), make('span', { class: 's found' }, ...marked(h.excerpt, text))))));
    const more = found.next ? [make('p', { class: 'more' }, make('button', { type: 'button', class: 'btn btn-quiet btn-sm' }, word('searchOn')))] : [];
    more[0]?.querySelector('button')?.addEventListener('click', () => { more[0]?.remove(); void this.#ask(text, found.next ?? undefined); });
    const said = found.hits.length === 0 ? word('foundNone') : count('found', found.hits.length);
    this.#show([...(next ? [] : [make('p', { class: 'sec' }, said)]), make('ul', { class: 'plain', 'data-rows': '' }, ...rows), ...more], next !== undefined);
    announce(said);
  }

  #show(parts: Node[], add: boolean): void {
    if (add) this.place.append(...parts); else this.place.replaceChildren(...parts);
    this.place.hidden = false;
    this.list.hidden = true;
  }
}

/** The excerpt with the words looked for marked; accents and case do not count. */
function marked(excerpt: string, text: string): (Node | string)[] {
  const words = new Set(plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean));
  return excerpt.split(/([\p{L}\p{N}]+)/u).map(part => [...words].some(w => plain(part).startsWith(w)) ? make('mark', {}, part) : part);
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
