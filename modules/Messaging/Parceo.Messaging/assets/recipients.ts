import { announce, icon, make, text } from '@parceo/ui/page';
import { ask, endedBy } from '@parceo/ui/session';
import { initials, learn, word } from './lib/words';

const DEBOUNCE_MS = 150;

interface Found {
  people: { personId: string; name: string; line: string; awayUntil?: string | null; coveredBy?: string | null }[];
  desks: { deskId: string; name: string; purpose: string }[];
  outside: { practitionerId: string; name: string; line: string }[];
  roles: { key: string; title: string; line: string }[];
}

interface Option {
  name: string;
  id: string;
  label: string;
  detail: string;
  kind: 'person' | 'desk' | 'role' | 'outside';
}

/** `<parceo-recipients src>` around the field of « Nouveau »: an ARIA 1.2 combobox that gathers people as chips, each a hidden field `p`; a desk or a role stands alone. `single`: one person; `people`: nobody but people. */
class Recipients extends HTMLElement {
  #input!: HTMLInputElement;
  #list!: HTMLUListElement;
  #chips!: HTMLElement;
  #options: Option[] = [];
  #active = -1;
  #timer = 0;
  #search: AbortController | undefined;

  connectedCallback(): void {
    if (this.#list) return;
    learn(JSON.parse(this.querySelector('script[data-words]')?.textContent ?? '{}') as Record<string, string>);
    this.#input = this.querySelector('input[type=text]')!;
    this.#chips = this.querySelector('.chosen')!;
    this.#list = make('ul', {
      class: 'lst',
      role: 'listbox',
      id: `${this.#input.id}-lst`,
      'aria-label': this.#input.labels?.[0]?.textContent?.trim() ?? '',
    });
    this.#list.hidden = true;
    this.#input.after(this.#list);
    for (const [name, v] of Object.entries({
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': this.#list.id,
    }))
      this.#input.setAttribute(name, v);
    this.#input.addEventListener('input', () => this.#schedule());
    this.#input.addEventListener('keydown', e => this.#key(e));
    this.#input.addEventListener('blur', () => this.#close());
    this.#list.addEventListener('pointerdown', e => {
      if (!(e.target as Element).closest('a')) e.preventDefault();
    });
    this.#list.addEventListener('click', e => {
      const at = [...this.#list.children].indexOf((e.target as Element).closest('[role=option]') as Element);
      if (at >= 0) this.#choose(at);
    });
    this.#chips.addEventListener('click', e => {
      if ((e.target as Element).closest('button')) {
        (e.target as Element).closest('.p-chip')?.remove();
        this.#changed();
        this.#input.focus();
      }
    });
    this.#changed();
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    this.#search?.abort();
  }

  get #chosen(): HTMLInputElement[] {
    return [...this.#chips.querySelectorAll<HTMLInputElement>('input[name=p]')];
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#search?.abort();
    const words = this.#input.value.trim();
    if (words.length < 2) return this.#close();
    this.#timer = window.setTimeout(() => void this.#ask(words), DEBOUNCE_MS);
  }

  async #ask(words: string): Promise<void> {
    const search = (this.#search = new AbortController());
    try {
      const answer = await ask(this.getAttribute('src') ?? '', {
        method: 'POST',
        signal: search.signal,
        headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
        body: JSON.stringify({ text: words }),
      });
      if (endedBy(answer)) return;
      if (!answer.ok) throw new Error('search');
      const found = (await answer.json()) as Found,
        one = this.hasAttribute('single') || this.hasAttribute('people'),
        taken = new Set(this.#chosen.map(c => c.value));
      this.#show([
        ...found.people
          .filter(p => !taken.has(p.personId))
          .map(p => ({
            name: 'p',
            id: p.personId,
            label: p.name,
            kind: 'person' as const,
            detail: p.coveredBy ? `${p.line} · ${word('awayCovered', p.coveredBy)}` : p.awayUntil ? `${p.line} · ${word('away')}` : p.line,
          })),
        ...(one ? [] : found.roles).map(r => ({ name: 'role', id: r.key, label: r.title, detail: r.line, kind: 'role' as const })),
        ...(one ? [] : found.desks).map(d => ({ name: 'bureau', id: d.deskId, label: d.name, detail: d.purpose, kind: 'desk' as const })),
        ...(one ? [] : found.outside).map(o => ({
          name: '',
          id: o.practitionerId,
          label: o.name,
          detail: `${o.line} · ${word('noAccount')}`,
          kind: 'outside' as const,
        })),
      ]);
    } catch {
      if (!search.signal.aborted) this.#show([], text('SearchFailed'));
    }
  }

  #show(options: Option[], none = text('ResultsNone')): void {
    if (document.activeElement !== this.#input) return;
    this.#options = options;
    this.#list.replaceChildren(
      ...options.map((o, i) =>
        make(
          'li',
          { role: 'option', id: `${this.#list.id}-${i}`, 'aria-selected': 'false', ...(this.#closed(o) && { 'aria-disabled': 'true' }) },
          make(
            'span',
            { class: o.kind === 'desk' || o.kind === 'role' ? 'p-av sm sq' : 'p-av sm', 'aria-hidden': 'true' },
            o.kind === 'desk' ? icon('inbox') : o.kind === 'role' ? icon('users-group') : initials(o.label),
          ),
          make('span', { class: 'grow' }, o.label, make('small', {}, o.detail)),
        ),
      ),
    );
    if (options.length === 0)
      this.#list.append(make('li', { class: 'none', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, none));
    this.#list.hidden = false;
    this.#input.setAttribute('aria-expanded', 'true');
    this.#activate(options.findIndex(o => !this.#closed(o)));
    announce(options.length === 0 ? none : options.length === 1 ? text('ResultsOne') : text('Results', options.length));
  }

  /** Professionals without an account are written to by MSSanté, by those who may. */
  #closed(o: Option): boolean {
    return o.kind === 'outside' && !this.hasAttribute('mail');
  }

  #activate(at: number): void {
    this.#list.children[this.#active]?.setAttribute('aria-selected', 'false');
    const item = this.#list.children[at];
    this.#active = item ? at : -1;
    if (!item) return this.#input.removeAttribute('aria-activedescendant');
    item.setAttribute('aria-selected', 'true');
    item.scrollIntoView({ block: 'nearest' });
    this.#input.setAttribute('aria-activedescendant', item.id);
  }

  #choose(at: number): void {
    const option = this.#options[at];
    if (!option || this.#closed(option)) return;
    if (option.kind === 'outside') return location.assign(`/messages/mssante?pro=${option.id}`);
    // A desk or a role answers as one: nobody else stands beside it.
    if (option.kind !== 'person' || this.hasAttribute('single')) this.#chips.replaceChildren();
    else this.#chips.querySelector('input[name=bureau], input[name=role]')?.closest('.p-chip')?.remove();
    this.#chips.append(
      make(
        'span',
        { class: 'p-chip on' },
        option.label,
        make('input', { type: 'hidden', name: option.name, value: option.id }),
        make('input', { type: 'hidden', name: `n-${option.id}`, value: option.label }),
        make('button', { type: 'button', class: 'bare', 'aria-label': word('removeRecipient', option.label) }, icon('x')),
      ),
    );
    this.#input.value = '';
    this.#close();
    this.#changed();
    announce(word('recipientAdded', option.label));
  }

  #changed(): void {
    if (this.isConnected) this.dispatchEvent(new Event('change', { bubbles: true }));
    const group = this.closest('form')?.querySelector<HTMLElement>('[data-group]'),
      many = this.#chosen.length > 1 || this.#chips.querySelector('input[name=bureau]') !== null;
    if (group) group.hidden = !many;
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#search?.abort();
    this.#list.hidden = true;
    this.#activate(-1);
    this.#input.setAttribute('aria-expanded', 'false');
  }

  #key(e: KeyboardEvent): void {
    if (e.isComposing) return;
    const open = !this.#list.hidden,
      usable = this.#options.flatMap((o, i) => (this.#closed(o) ? [] : [i]));
    if (open && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) {
      e.preventDefault();
      const at = usable.indexOf(this.#active),
        to = usable[(at + (e.key === 'ArrowDown' ? 1 : -1) + usable.length) % usable.length];
      if (to !== undefined) this.#activate(to);
    } else if (e.key === 'Enter' && !e.ctrlKey && !e.metaKey && (open || this.#input.value.trim())) {
      e.preventDefault(); // names are chosen, never guessed
      if (open && this.#active >= 0) this.#choose(this.#active);
    } else if (e.key === 'Escape' && open) {
      e.preventDefault();
      e.stopPropagation();
      this.#close();
    } else if (e.key === 'Backspace' && this.#input.value === '' && this.#chips.lastElementChild) {
      this.#chips.lastElementChild.remove();
      this.#changed();
    }
  }
}

customElements.define('parceo-recipients', Recipients);
