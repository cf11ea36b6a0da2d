import { icon, make } from '@parceo/ui/page';
import type { Store } from '@parceo/ui/sealed';
import { snippet } from './lines';
import type { Link } from './link';
import { named } from './mentions';
import { Uploads } from './uploads';
import { Refused, type Attached, type Line, type Person, type Topic } from './wire';
import { word } from './words';

const DRAFT_MS = 1500,
  TYPING_MS = 3000,
  NEW = 'nouveau';

export interface Written {
  text: string;
  mentions: string[];
  priority: boolean;
  files: Attached[];
  replyTo: Line | null;
  editing: Line | null;
  /** Of the channel's topics; null without one. */
  topic: string | null;
}

interface Around {
  link: Link;
  store: Store;
  conversationId: string;
  me: string;
  members: () => Person[];
  nameOf: (id: string) => string;
  send: (written: Written) => void;
  /** Entrée sends; Maj Entrée breaks the line. */
  enterSends: boolean;
  /** The id of a topic of that title; throws what the server says. */
  openTopic: (title: string) => Promise<string>;
  /** A draft was kept, or is no more. */
  saved: () => void;
  /** ↑ in an empty field. */
  editLast: () => void;
}

/** The field at the foot of a thread: draft, mentions, reply, edit, files, priority. */
export class Composer {
  readonly field: HTMLTextAreaElement;
  readonly #form: HTMLFormElement;
  readonly #around: Around;
  readonly #bar: HTMLElement;
  readonly #list: HTMLUListElement;
  readonly #uploads: Uploads;
  readonly #priority: HTMLButtonElement | null;
  readonly #topic: HTMLSelectElement | null;
  readonly #title: HTMLInputElement | null;
  #replyTo: Line | null = null;
  #editing: Line | null = null;
  #before = ''; // what was being written when an edit began
  #found: Person[] = [];
  #active = -1;
  #named = new Map<string, string>(); // id → name
  #draft = 0;
  #typed = 0;

  constructor(form: HTMLFormElement, around: Around, draft: string) {
    this.#form = form;
    this.#around = around;
    this.field = form.querySelector('textarea')!;
    this.#priority = form.querySelector('[data-priority]');
    this.#topic = form.querySelector('select[name=sujet]');
    this.#title = form.querySelector('input[name=titre-sujet]');
    this.#bar = form.querySelector('.about-it') ?? make('div');
    this.#uploads = new Uploads(form, around.link, around.conversationId, () => this.focus());
    this.#list = make('ul', { class: 'names', role: 'listbox', id: 'p-noms', 'aria-label': word('people') });
    this.#list.hidden = true;
    form.querySelector('.box')?.append(this.#list);
    this.field.setAttribute('aria-autocomplete', 'list');
    this.field.setAttribute('aria-controls', 'p-noms');
    this.field.required = false;
    const local = this.#around.store.getItem(this.#key);
    this.field.value = local ?? draft;
    for (const p of around.members()) if (this.field.value.includes(`@${p.name}`)) this.#named.set(p.id, p.name);
    this.#grow();
    if (local !== null) this.#saveSoon(); // begun without network

    this.field.addEventListener('input', () => this.#input());
    this.field.addEventListener('keydown', e => this.#keyDown(e));
    this.field.addEventListener('blur', () => setTimeout(() => this.#close(), 150));
    this.field.addEventListener('click', () => this.#suggest());
    this.field.addEventListener('paste', e => {
      if (e.clipboardData?.files.length) {
        e.preventDefault();
        this.#uploads.add(e.clipboardData.files);
      }
    });
    this.#list.addEventListener('pointerdown', e => e.preventDefault());
    this.#list.addEventListener('click', e => {
      const at = [...this.#list.children].indexOf((e.target as Element).closest('li') as HTMLLIElement);
      if (at >= 0) this.#choose(at);
    });
    this.#topic?.addEventListener('change', () => (this.#topic?.value === NEW ? this.#title : this.field)?.focus());
    this.#title?.addEventListener('input', () => this.#title?.setCustomValidity(''));
    this.#priority?.addEventListener('click', () => this.#setPriority(this.#priority?.getAttribute('aria-pressed') !== 'true'));
    form.addEventListener('submit', e => {
      e.preventDefault();
      e.stopPropagation();
      this.submit();
    });
    this.#bar.addEventListener('click', e => {
      if ((e.target as Element).closest('button')) this.cancel();
    });
  }

  get #key(): string {
    return `draft:${this.#around.conversationId}`;
  }
  get empty(): boolean {
    return this.field.value.trim() === '' && this.#uploads.none;
  }

  focus(): void {
    this.field.focus({ preventScroll: true });
  }

  submit(without = false): void {
    const text = this.field.value.trim();
    if (this.#uploads.busy) return toast(word('filePending'));
    const { files, refused } = this.#uploads;
    if (!text && files.length === 0) return this.focus();
    if (refused.length > 0 && !without) return this.#askWithout(refused);
    if (text.length > 8000) return toast(word('tooLong'));
    if (this.#topic?.value === NEW && !this.#editing) return void this.#begin();
    const mentions = [...this.#named].filter(([, name]) => text.includes(`@${name}`)).map(([id]) => id);
    const written: Written = {
      text,
      mentions,
      priority: !this.#editing && this.#priority?.getAttribute('aria-pressed') === 'true',
      files,
      replyTo: this.#replyTo,
      editing: this.#editing,
      topic: this.#topic?.value || this.#replyTo?.topic || null,
    };
    const back = this.#editing ? this.#before : '';
    this.#editing = this.#replyTo = null;
    this.#before = '';
    this.#uploads.set([]);
    this.#named.clear();
    this.#setPriority(false);
    this.#showBar();
    this.#write(back);
    this.focus();
    this.#around.send(written);
  }

  /** Opens the topic whose title stands above the message, which is its first. Refused, all stays as it was typed. */
  async #begin(): Promise<void> {
    const box = this.#title!;
    if (box.disabled) return;
    box.disabled = true;
    let why = '';
    try {
      const id = await this.#around.openTopic(box.value.trim());
      box.value = '';
      if (this.#topic) this.#topic.value = id;
    } catch (e) {
      why = (e instanceof Refused && e.said) || word('topicFailed');
    }
    box.disabled = false;
    if (!why) return this.submit(true);
    box.setCustomValidity(why);
    box.reportValidity();
  }

  /** The topics that a message may belong to, as they are now. */
  offer(topics: readonly Topic[]): void {
    const select = this.#topic;
    if (!select) return;
    const { value } = select,
      [none, last] = [select.options[0]!, select.options[select.options.length - 1]!];
    select.replaceChildren(none, ...topics.filter(t => !t.resolved).map(t => make('option', { value: t.id }, t.title)), last);
    select.value = [...select.options].some(o => o.value === value) ? value : '';
  }

  /** Some files do not leave: whoever sends says so first. */
  #askWithout(names: string[]): void {
    const list = new Intl.ListFormat('fr').format(names.map(n => `«\u00A0${n}\u00A0»`)),
      send = make('button', { type: 'button', class: 'btn btn-primary btn-sm' }, word('sendWithout')),
      not = make('button', { type: 'button', class: 'btn btn-quiet btn-sm' }, word('sendNot'));
    const ask = make(
      'div',
      { class: 'ask row-f wrap', role: 'alertdialog', 'aria-label': word(names.length > 1 ? 'refusedMany' : 'refusedOne', list) },
      make('span', { class: 'grow' }, word(names.length > 1 ? 'refusedMany' : 'refusedOne', list)),
      not,
      send,
    );
    this.#form.querySelector('.ask')?.remove();
    this.#form.querySelector('.tools')?.before(ask);
    const end = (): void => {
      ask.remove();
      this.focus();
    };
    not.onclick = end;
    send.onclick = () => {
      end();
      this.submit(true);
    };
    ask.onkeydown = e => {
      if (e.key !== 'Escape') return;
      e.preventDefault();
      e.stopPropagation();
      end();
    };
    send.focus({ preventScroll: true });
  }

  reply(line: Line): void {
    if (this.#editing) this.cancel();
    this.#replyTo = line;
    this.#showBar();
    this.focus();
  }

  edit(line: Line): void {
    if (!this.#editing) this.#before = this.field.value;
    this.#replyTo = null;
    this.#editing = line;
    for (const id of line.mentions) this.#named.set(id, this.#around.nameOf(id));
    this.field.value = line.text ?? '';
    this.#grow();
    this.#showBar();
    this.focus();
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }

  /** Puts a refused message back to be changed. */
  restore(text: string, files: Attached[]): void {
    this.#uploads.set(files);
    this.#write(this.field.value.trim() ? `${this.field.value}\n${text}` : text);
    this.focus();
  }

  /** Ends a reply or an edit; true when there was one. */
  cancel(): boolean {
    if (!this.#editing && !this.#replyTo) return false;
    if (this.#editing) {
      this.field.value = this.#before;
      this.#grow();
    }
    this.#editing = this.#replyTo = null;
    this.#showBar();
    this.focus();
    return true;
  }

  #write(text: string): void {
    this.field.value = text;
    this.#grow();
    this.#saveSoon();
  }

  #input(): void {
    this.#grow();
    this.#suggest();
    if (!this.#editing) this.#saveSoon();
    const now = Date.now();
    if (now - this.#typed > TYPING_MS && this.field.value.trim() && !this.#editing) {
      this.#typed = now;
      this.#around.link.say('Typing', this.#around.conversationId);
    }
  }

  #grow(): void {
    this.field.style.height = 'auto';
    this.field.style.height = `${Math.min(this.field.scrollHeight, innerHeight * 0.4)}px`;
  }

  /** In the browser at once, on the server soon: on every device. */
  #saveSoon(): void {
    const text = this.field.value;
    this.#around.store.setItem(this.#key, text);
    clearTimeout(this.#draft);
    this.#draft = window.setTimeout(() => void this.#save(text), DRAFT_MS);
  }

  async #save(text: string): Promise<void> {
    try {
      await this.#around.link.http(`conversations/${this.#around.conversationId}/draft`, 'PUT', { text });
      if (this.#around.store.getItem(this.#key) === text) this.#around.store.removeItem(this.#key);
      this.#around.saved();
    } catch {
      /* kept here; the next change or visit tries again */
    }
  }

  #setPriority(on: boolean): void {
    this.#priority?.setAttribute('aria-pressed', String(on));
    this.#form.classList.toggle('is-priority', on);
  }

  #showBar(): void {
    const line = this.#editing ?? this.#replyTo;
    this.#bar.hidden = !line;
    if (!line) return this.#bar.replaceChildren();
    const close = make(
      'button',
      { type: 'button', class: 'p-icon', 'aria-label': word(this.#editing ? 'cancelEdit' : 'cancelReply') },
      icon('x'),
    );
    this.#bar.replaceChildren(
      make(
        'span',
        { class: 'grow clip' },
        make('b', {}, this.#editing ? word('editing') : word('replyTo', this.#around.nameOf(line.by))),
        ' ',
        make('span', { class: 'q2' }, snippet(line)),
      ),
      close,
    );
  }

  // -- mentions

  #suggest(): void {
    const typed = /(?:^|[\s(])@([\p{L}'’. -]{0,40})$/u.exec(this.field.value.slice(0, this.field.selectionStart));
    if (!typed || this.field.selectionStart !== this.field.selectionEnd) return this.#close();
    this.#found = named(
      this.#around.members().filter(p => p.id !== this.#around.me),
      typed[1] ?? '',
    );
    if (this.#found.length === 0) return this.#close();
    this.#list.replaceChildren(
      ...this.#found.map((p, i) =>
        make('li', { role: 'option', id: `p-nom-${i}`, 'aria-selected': 'false' }, p.name, make('small', {}, p.line)),
      ),
    );
    this.#list.hidden = false;
    this.#activate(0);
  }

  #activate(at: number): void {
    this.#list.children[this.#active]?.setAttribute('aria-selected', 'false');
    this.#active = at;
    const item = this.#list.children[at];
    if (!item) return this.field.removeAttribute('aria-activedescendant');
    item.setAttribute('aria-selected', 'true');
    item.scrollIntoView({ block: 'nearest' });
    this.field.setAttribute('aria-activedescendant', item.id);
  }

  #close(): void {
    this.#list.hidden = true;
    this.#activate(-1);
  }

  #choose(at: number): void {
    const person = this.#found[at],
      caret = this.field.selectionStart,
      from = this.field.value.lastIndexOf('@', caret - 1);
    if (!person || from < 0) return;
    this.field.setRangeText(`@${person.name} `, from, caret, 'end');
    this.#named.set(person.id, person.name);
    this.#close();
    this.#input();
  }

  #keyDown(e: KeyboardEvent): void {
    if (e.isComposing) return;
    const open = !this.#list.hidden;
    if (open && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) {
      e.preventDefault();
      this.#activate((this.#active + (e.key === 'ArrowDown' ? 1 : -1) + this.#found.length) % this.#found.length);
    } else if (open && (e.key === 'Enter' || e.key === 'Tab') && !e.ctrlKey && !e.metaKey) {
      e.preventDefault();
      this.#choose(this.#active);
    } else if (e.key === 'Escape') {
      if (open) this.#close();
      else if (!this.cancel()) return;
      e.preventDefault();
      e.stopPropagation();
    } else if (e.key === 'ArrowUp' && this.empty && !this.#editing && !this.#replyTo) {
      e.preventDefault();
      this.#around.editLast();
    } else if (e.key === 'Enter' && (e.ctrlKey || e.metaKey || (this.#around.enterSends && !e.shiftKey && !e.altKey))) {
      e.preventDefault();
      this.submit();
    }
  }
}

/** Says why nothing is sent, to the eye too. */
const toast = (message: string): void => void document.dispatchEvent(new CustomEvent('parceo:toast', { detail: { message } }));
