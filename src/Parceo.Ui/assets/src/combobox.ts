import { announce, make, ownUrl, text } from './lib/page';
import { ask, endedBy } from './lib/session';

const DEBOUNCE_MS = 80;

interface Option {
  value: string;
  text: string;
  detail?: string | null;
}

/** `<parceo-combobox src create min>` around a text input and a hidden one: ARIA 1.2 combobox, the server searches. Bubbles `parceo:choose` with the option. */
class Combobox extends HTMLElement {
  #input!: HTMLInputElement;
  #value!: HTMLInputElement;
  #list!: HTMLUListElement;
  #options: Option[] = [];
  #active = -1;
  #moved = false;
  #timer = 0;
  #search: AbortController | undefined;

  connectedCallback(): void {
    if (this.#list) return; // moved in the page: already dressed
    const input = this.querySelector<HTMLInputElement>('input:not([type=hidden])'),
      value = this.querySelector<HTMLInputElement>('input[type=hidden]');
    if (!input || !value) return;
    this.#input = input;
    this.#value = value;
    input.removeAttribute('list');
    this.#list = make('ul', { class: 'lst', role: 'listbox', id: `${input.id}-lst`, 'aria-label': this.#label() });
    this.#list.hidden = true;
    this.append(this.#list);
    for (const [name, v] of Object.entries({
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': this.#list.id,
    }))
      input.setAttribute(name, v);

    input.addEventListener('input', () => {
      this.#value.value = '';
      if (input.value === '') this.#value.dispatchEvent(new Event('change', { bubbles: true }));
      this.#schedule();
    });
    input.addEventListener('keydown', e => this.#key(e));
    input.addEventListener('blur', () => this.#close());
    this.#list.addEventListener('pointerdown', e => e.preventDefault()); // the field keeps the focus
    this.#list.addEventListener('click', e => {
      const at = [...this.#list.children].indexOf((e.target as Element).closest('[role=option]') as Element);
      if (at >= 0) this.#choose(at);
    });
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    this.#search?.abort();
  }

  #label(): string {
    return this.#input.labels?.[0]?.textContent?.trim() ?? this.#input.getAttribute('aria-label') ?? '';
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#search?.abort(); // an answer to older words is dropped
    const words = this.#input.value.trim();
    if (words.length < Number(this.getAttribute('min') ?? 1)) return this.#close();
    this.#timer = window.setTimeout(() => void this.#ask(words), DEBOUNCE_MS);
  }

  async #ask(words: string): Promise<void> {
    const search = (this.#search = new AbortController());
    try {
      const url = ownUrl(this.getAttribute('src') ?? '');
      url.searchParams.set('q', words);
      const response = await ask(url, { signal: search.signal, headers: { Accept: 'application/json' } });
      if (endedBy(response)) return;
      if (!response.ok || response.redirected) throw new Error('search');
      this.#show((await response.json()) as Option[], words);
    } catch {
      if (!search.signal.aborted) this.#say(text('SearchFailed'));
    }
  }

  #show(found: Option[], words: string): void {
    if (document.activeElement !== this.#input) return;
    const create = this.getAttribute('create');
    this.#options = [...found, ...(create ? [{ value: 'new', text: words }] : [])];
    this.#list.replaceChildren(
      ...this.#options.map((o, i) => {
        const isNew = create !== null && i === found.length;
        const item = make(
          'li',
          { role: 'option', id: `${this.#list.id}-${i}`, 'aria-selected': 'false' },
          isNew ? create.replace('{0}', words) : o.text,
        );
        if (isNew) item.className = 'new';
        if (o.detail) item.append(make('small', {}, o.detail));
        return item;
      }),
    );
    this.#moved = false;
    this.#open();
    if (found.length === 0) {
      this.#list.prepend(
        make('li', { class: 'none', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, text('ResultsNone')),
      );
      this.#options.unshift({ value: '', text: '' });
      this.#activate(-1);
    } else {
      this.#activate(0);
    }
    announce(found.length === 0 ? text('ResultsNone') : found.length === 1 ? text('ResultsOne') : text('Results', found.length));
  }

  #say(message: string): void {
    this.#options = [];
    this.#list.replaceChildren(make('li', { class: 'none', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, message));
    this.#open();
    this.#activate(-1);
    announce(message);
  }

  #open(): void {
    const below = innerHeight - this.#input.getBoundingClientRect().bottom;
    this.#list.classList.toggle('up', below < 260 && this.#input.getBoundingClientRect().top > below);
    this.#list.hidden = false;
    this.#input.setAttribute('aria-expanded', 'true');
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#search?.abort();
    if (!this.#list) return;
    this.#list.hidden = true;
    this.#active = -1;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
  }

  #activate(at: number): void {
    this.#list.children[this.#active]?.setAttribute('aria-selected', 'false');
    const item = this.#list.children[at];
    this.#active = item && item.getAttribute('aria-disabled') !== 'true' ? at : -1;
    if (this.#active < 0 || !item) return this.#input.removeAttribute('aria-activedescendant');
    item.setAttribute('aria-selected', 'true');
    item.scrollIntoView({ block: 'nearest' });
    this.#input.setAttribute('aria-activedescendant', item.id);
  }

  #step(by: 1 | -1): void {
    const enabled = [...this.#list.children].flatMap((c, i) => (c.getAttribute('aria-disabled') === 'true' ? [] : [i]));
    const at = enabled.indexOf(this.#active);
    const next = enabled[at < 0 ? (by > 0 ? 0 : enabled.length - 1) : (at + by + enabled.length) % enabled.length];
    if (next === undefined) return;
    this.#moved = true;
    this.#activate(next);
  }

  #choose(at: number): void {
    const option = this.#options[at];
    if (!option || this.#list.children[at]?.getAttribute('aria-disabled') === 'true') return;
    this.#input.value = option.text;
    this.#value.value = option.value;
    this.#close();
    this.#value.dispatchEvent(new Event('change', { bubbles: true }));
    this.dispatchEvent(new CustomEvent('parceo:choose', { bubbles: true, detail: option }));
  }

  #key(e: KeyboardEvent): void {
    if (e.isComposing) return;
    const open = !this.#list.hidden;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      if (open) this.#step(e.key === 'ArrowDown' ? 1 : -1);
      else this.#schedule();
    } else if (e.key === 'Enter' && open && this.#active >= 0) {
      e.preventDefault();
      this.#choose(this.#active);
    } else if (e.key === 'Tab' && open && this.#moved && this.#active >= 0) {
      this.#choose(this.#active); // only what was chosen with the arrows: a name must not be taken unseen
    } else if (e.key === 'Escape' && open) {
      e.preventDefault();
      e.stopPropagation();
      this.#close();
    }
  }
}

customElements.define('parceo-combobox', Combobox);
