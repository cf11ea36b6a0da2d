import { announce, make } from '@parceo/ui/page';
import type { Link } from './link';
import type { Moments } from './moment';
import { Refused } from './wire';
import { count, word } from './words';

const DEBOUNCE_MS = 300,
  LEAST = 2;

interface Hit {
  conversationId: string;
  conversation: string;
  seq: number;
  by: string;
  byName: string;
  at: string;
  excerpt: string;
}

interface Conversation {
  id: string;
  title: string;
  line: string;
}

/**
 * The search above the list, by words, author and days, conversations by who is in them first: what is found stands in place of the conversations until nothing is
 * asked any more. Words travel in a body (S66). The form is the server's: without scripts it leads to a page of its own.
 */
export class Find {
  #timer = 0;
  #search: AbortController | undefined;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly list: HTMLElement,
    private readonly place: HTMLElement,
    private readonly link: Link,
    private readonly moments: Moments,
    private readonly me: string,
    private readonly open: () => string | null,
  ) {
    form.addEventListener('input', e => {
      if ((e.target as HTMLElement).matches('[name=mots]')) this.#soon();
    });
    form.addEventListener('change', () => this.#soon());
    form.addEventListener('submit', e => {
      e.preventDefault();
      e.stopPropagation();
      this.#soon(0);
    });
    form.addEventListener('keydown', e => {
      if (e.key !== 'Escape' || e.defaultPrevented || !this.#question()) return;
      e.preventDefault();
      e.stopPropagation();
      form.reset();
      form.querySelector('.chosen')?.replaceChildren();
      form.querySelector<HTMLElement>('[name=mots]')?.focus();
      this.#soon(0);
    });
  }

  /** What is asked; null when it is nothing yet. */
  #question(): Record<string, string> | null {
    const data = new FormData(this.form),
      value = (name: string): string => String(data.get(name) ?? '').trim();
    const text = value('mots'),
      personId = value('moi') ? this.me : value('p'),
      from = value('du') && this.moments.start(value('du')),
      to = value('au') && this.moments.start(value('au'), 1);
    if (text.length < LEAST && !personId && !from && !to) return null;
    const conversationId = value('ici') && this.open();
    return {
      ...(text && { text }),
      ...(personId && { personId }),
      ...(from && { from }),
      ...(to && { to }),
      ...(conversationId && { conversationId }),
    };
  }

  #soon(wait = DEBOUNCE_MS): void {
    clearTimeout(this.#timer);
    this.#search?.abort();
    const question = this.#question();
    if (!question) {
      this.place.hidden = true;
      this.list.hidden = false;
      return;
    }
    this.#timer = window.setTimeout(() => void this.#ask(question), wait);
  }

  async #ask(question: Record<string, string>, next?: string): Promise<void> {
    const search = (this.#search = new AbortController());
    const { text, personId, conversationId, from, to } = question;
    let found: { hits: Hit[]; next?: string | null },
      conversations: Conversation[] = [];
    try {
      [found, conversations] = await Promise.all([
        this.link.http<typeof found>('search', 'POST', { ...question, ...(next && { next }) }, search.signal),
        text && !personId && !conversationId && !from && !to && !next
          ? this.link.http<Conversation[]>('conversations/find', 'POST', { words: text, limit: 5 }, search.signal)
          : [],
      ]);
    } catch (e) {
      if (!search.signal.aborted) this.#show([make('p', { class: 'sec' }, e instanceof Refused ? e.said : word('searchFailed'))], false);
      return;
    }
    const rows = found.hits.map(h =>
      make(
        'li',
        {},
        make(
          'a',
          { class: 'conv hitrow', href: `/messages/${h.conversationId}#m${h.seq}`, 'data-thread': '', 'data-row': '' },
          make(
            'span',
            { class: 'stack' },
            make(
              'span',
              { class: 'row-f s q2' },
              make('span', { class: 'grow clip' }, `${h.conversation} · ${h.byName}`),
              make('span', { class: 'num nw' }, this.moments.brief(h.at)),
            ),
            make('span', { class: 's found' }, ...marked(h.excerpt, question['text'] ?? '')),
          ),
        ),
      ),
    );
    const more = found.next
      ? [make('p', { class: 'more' }, make('button', { type: 'button', class: 'btn btn-quiet btn-sm' }, word('searchOn')))]
      : [];
    more[0]?.querySelector('button')?.addEventListener('click', () => {
      more[0]?.remove();
      void this.#ask(question, found.next ?? undefined);
    });
    const named = conversations.map(c =>
      make(
        'li',
        {},
        make(
          'a',
          { class: 'conv hitrow', href: `/messages/${c.id}`, 'data-thread': '', 'data-row': '' },
          make(
            'span',
            { class: 'stack' },
            make('span', { class: 'clip' }, ...marked(c.title, text ?? '')),
            make('span', { class: 's q2 clip' }, c.line),
          ),
        ),
      ),
    );
    const said = found.hits.length === 0 ? word('foundNone') : count('found', found.hits.length);
    this.#show(
      [
        ...(named.length > 0
          ? [make('p', { class: 'sec' }, word('withThem')), make('ul', { class: 'plain', 'data-rows': '' }, ...named)]
          : []),
        ...(next ? [] : [make('p', { class: 'sec' }, said)]),
        make('ul', { class: 'plain', 'data-rows': '' }, ...rows),
        ...more,
      ],
      next !== undefined,
    );
    announce(named.length > 0 ? `${word('withThem')}\u00A0: ${conversations.map(c => c.title).join(', ')}. ${said}` : said);
  }

  #show(parts: Node[], add: boolean): void {
    if (add) this.place.append(...parts);
    else this.place.replaceChildren(...parts);
    this.place.hidden = false;
    this.list.hidden = true;
  }
}

/** The excerpt with the words looked for marked; accents and case do not count. */
function marked(excerpt: string, text: string): (Node | string)[] {
  const words = new Set(
    plain(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean),
  );
  return excerpt.split(/([\p{L}\p{N}]+)/u).map(part => ([...words].some(w => plain(part).startsWith(w)) ? make('mark', {}, part) : part));
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
