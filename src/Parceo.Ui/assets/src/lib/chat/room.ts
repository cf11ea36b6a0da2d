import { announce, icon, make } from '../page';
import { Composer, type Written } from './composer';
import type { Link } from './link';
import { drawLine, event, nameOf, snippet, writer, type Look, type Scene } from './lines';
import { Menu, type Deed } from './menu';
import type { Moments } from './moment';
import type { Item, Outbox } from './outbox';
import { Scroll } from './scroll';
import { Thread, fold, lineOf } from './thread';
import { Refused, entryOf, isLine, type Ack, type Entry, type Head, type History, type Kind, type Line, type Person, type Posting } from './wire';
import { count, word } from './words';

const PAGE = 60, UNDO_MS = 10_000, TYPED_MS = 5000, TOGETHER_MS = 5 * 60_000, READ_MS = 400, SPEAK_MS = 700, FAR = 1000;

export interface House { link: Link; outbox: Outbox; moments: Moments; me: string; menu: Menu; removed: () => void }

/** Tab goes to the message at hand and what is done with it; J, K and arrows to the others. */
const reach = (row: HTMLElement, yes: boolean): void => row.querySelectorAll<HTMLElement>('.do button').forEach(b => { b.tabIndex = yes ? 0 : -1; });

/** The open conversation: its thread, its foot, and what the person does there. */
export class Room {
  readonly id: string;
  readonly #root: HTMLElement;
  readonly #house: House;
  readonly #thread: Thread;
  readonly #scroll: Scroll;
  readonly #list: HTMLOListElement;
  readonly #composer: Composer | null;
  readonly #more: HTMLButtonElement;
  readonly #typing: HTMLElement;
  readonly #over = new AbortController();
  #head: Head;
  #people = new Map<string, Person>();
  #rows = new Map<string, { node: HTMLElement; look: string }>();
  #current = '';
  #divider: number;
  #fresh = 0;
  #loading = false;
  #fetching: Promise<void> | null = null;
  #again = false;
  #read: number;
  #readTimer = 0;
  #typists = new Map<string, number>();
  #typingTimer = 0;
  #leaving = new Map<number, { posting: Posting; timer: number; toast: HTMLElement }>();
  #heard: Line[] = [];
  #speaking = 0;

  constructor(root: HTMLElement, house: House, head: Head, page: History) {
    this.#root = root;
    this.#house = house;
    this.#head = head;
    this.id = head.line.id;
    this.#learn(head);
    this.#thread = new Thread(this.id, () => this.#members.map(p => p.id));
    this.#thread.show(page);
    this.#read = head.line.readSeq;
    this.#divider = head.line.readSeq;
    const box = root.querySelector<HTMLElement>('.msgs')!;
    this.#scroll = new Scroll(box);
    this.#list = box.querySelector('ol')!;
    this.#typing = root.querySelector<HTMLElement>('.typing') ?? make('div');
    this.#more = make('button', { type: 'button', class: 'btn btn-primary btn-sm down' });
    this.#more.hidden = true;
    this.#typing.before(make('div', { class: 'downs' }, this.#more));
    const form = root.querySelector<HTMLFormElement>('form.comp');
    this.#composer = form && new Composer(form, {
      link: house.link, conversationId: this.id, me: house.me, members: () => this.#members, nameOf: id => nameOf(this.#scene, id),
      send: w => this.#send(w), editLast: () => this.#editLast(),
    }, head.draft ?? '');
    this.#list.replaceChildren();
    this.draw();
    this.#scroll.toFoot();
    const { signal } = this.#over;
    box.addEventListener('scroll', () => this.#scrolled(), { passive: true, signal });
    this.#more.addEventListener('click', () => void this.#toEnd(), { signal });
    this.#list.addEventListener('click', e => this.#click(e), { signal });
    this.#list.addEventListener('focusin', e => { const row = (e.target as Element).closest<HTMLElement>('li[data-key]'); if (row) this.#makeCurrent(row); }, { signal });
    document.addEventListener('keydown', e => this.#key(e), { capture: true, signal });
    document.addEventListener('visibilitychange', () => this.#markRead(), { signal });
    addEventListener('focus', () => this.#markRead(), { signal });
    addEventListener('pagehide', () => this.#flush(), { signal });
    house.link.say('Watch', this.id);
    this.#markRead();
    void this.catchUp();
  }

  /** Another conversation is opened. */
  close(): void {
    this.#over.abort();
    this.#flush();
    this.#house.link.say('Watch', null);
    clearTimeout(this.#readTimer);
    clearTimeout(this.#speaking);
    clearInterval(this.#typingTimer);
  }

  get #members(): Person[] { return this.#head.people.filter(p => p.in); }

  get #scene(): Scene {
    return { id: this.id, me: this.#house.me, moments: this.#house.moments, person: id => this.#people.get(id), find: seq => this.#thread.find(seq),
      direct: this.#head.line.kind === 'direct', topic: id => this.#head.topics.find(t => t.id === id)?.title };
  }

  /** People, rights, topics as they are now. */
  meet(head: Head): void {
    this.#learn(head);
    this.draw();
  }

  #learn(head: Head): void {
    // What was read while the answer was on its way counts.
    for (const p of head.people) p.readSeq = Math.max(p.readSeq ?? -1, this.#people.get(p.id)?.readSeq ?? -1);
    this.#head = head;
    this.#people = new Map(head.people.map(p => [p.id, p]));
  }

  // -- hearing

  heard(e: Entry): void {
    const found = this.#thread.take(e);
    if (found === 'gap') void this.catchUp();
    if (found === 'taken') this.#took([e]);
  }

  hinted(seq: number): void {
    if (seq > this.#thread.last) void this.catchUp();
  }

  /** Fetches what is missing; one fetch at a time. */
  async catchUp(): Promise<void> {
    if (this.#fetching) { this.#again = true; return this.#fetching; }
    this.#fetching = this.#catchUp();
    try { await this.#fetching; } finally { this.#fetching = null; }
    if (this.#again) { this.#again = false; return this.catchUp(); }
  }

  async #catchUp(): Promise<void> {
    try {
      if (!await this.#house.link.since(this.id, this.#thread.last)) return;
      for (let whole = false; !whole && !this.#over.signal.aborted;) {
        const from = this.#thread.last, answer = await this.#house.link.after(this.id, from);
        if (answer.last - from > FAR) return await this.#show(await this.#house.link.http(`conversations/${this.id}/history?limit=${PAGE}`)); // away for long: the end is what counts
        whole = answer.entries.length < 200 || (answer.entries.at(-1)?.seq ?? 0) >= answer.last;
        const fresh = answer.entries.filter(e => e.seq > this.#thread.last);
        this.#thread.fill(fresh, whole ? answer.last : 0);
        if (fresh.length > 0) this.#took(fresh);
      }
    } catch (e) {
      if (e instanceof Refused && e.code === 'conversation_unknown') this.#house.removed();
      // Anything else: the next look asks again.
    }
  }

  async #show(page: History): Promise<void> {
    this.#thread.show(page);
    this.#fresh = 0;
    this.draw();
    this.#scroll.toFoot();
    this.#markRead();
  }

  #took(entries: readonly Entry[]): void {
    const news = entries.filter(e => isLine(e.kind) && e.by !== this.#house.me);
    for (const e of entries) {
      this.#typists.delete(e.by);
      const p = this.#people.get(e.by);
      if (p && p.readSeq != null && p.readSeq >= 0 && e.kind === 'message') p.readSeq = Math.max(p.readSeq, e.seq); // who answers has read
    }
    if (entries.some(e => ['join', 'leave', 'title', 'topic', 'resolve', 'reopen', 'assign', 'done', 'undone'].includes(e.kind))) this.#house.link.http<Head>(`conversations/${this.id}`).then(h => this.meet(h), () => undefined);
    const foot = this.#scroll.atFoot;
    if (foot && this.#watched && !this.#rows.has('new')) this.#divider = this.#thread.last; // seen as it came
    if (!foot || this.#thread.newer) this.#fresh += news.filter(e => e.kind === 'message').length;
    this.draw();
    this.#showTyping();
    this.#speak(news);
    this.#markRead();
  }

  /** Said once for a burst, without taking the focus. */
  #speak(news: readonly Entry[]): void {
    if (news.length === 0 || document.hidden) return;
    this.#heard.push(...news.map(e => lineOf(e, [])));
    clearTimeout(this.#speaking);
    this.#speaking = window.setTimeout(() => {
      const [first, ...rest] = this.#heard;
      this.#heard = [];
      if (!first) return;
      announce(rest.length > 0 ? count('new', rest.length + 1) : first.kind === 'message' ? `${first.priority ? `${word('priority')}. ` : ''}${writer(this.#scene, first)}\u00A0: ${snippet(first)}` : event(first, this.#scene));
    }, SPEAK_MS);
  }

  readBy(person: string, seq: number): void {
    const p = this.#people.get(person);
    if (person === this.#house.me) this.#read = Math.max(this.#read, seq);
    if (!p || (p.readSeq ?? -1) >= seq) return;
    p.readSeq = seq;
    this.draw();
  }

  typed(person: string): void {
    if (person === this.#house.me) return;
    this.#typists.set(person, Date.now());
    this.#showTyping();
    clearInterval(this.#typingTimer);
    this.#typingTimer = window.setInterval(() => this.#showTyping(), 1000);
  }

  #showTyping(): void {
    for (const [id, at] of this.#typists) if (Date.now() - at > TYPED_MS) this.#typists.delete(id);
    if (this.#typists.size === 0) clearInterval(this.#typingTimer);
    const names = [...this.#typists.keys()].map(id => nameOf(this.#scene, id));
    this.#typing.textContent = names.length === 0 ? '' : names.length === 1 ? word('typing', names[0] ?? '') : word('typingMany', names.slice(0, 3).join(', '));
  }

  present(people: readonly string[]): void {
    const there = new Set(people);
    for (const e of this.#root.ownerDocument.querySelectorAll<HTMLElement>('[data-person]')) {
      const on = there.has(e.dataset['person'] ?? '') && e.dataset['person'] !== this.#house.me;
      e.classList.toggle('on', on);
      const spoken = e.querySelector('.there');
      if (spoken) spoken.textContent = on ? word('present') : '';
    }
  }

  get #watched(): boolean { return !document.hidden && document.hasFocus(); }

  #markRead(): void {
    clearTimeout(this.#readTimer);
    this.#readTimer = window.setTimeout(() => {
      const seq = this.#thread.last;
      if (!this.#watched || !this.#scroll.atFoot || this.#thread.newer || seq <= this.#read) return;
      this.#read = seq;
      this.#house.link.read(this.id, seq).catch(() => { this.#read = Math.min(this.#read, seq - 1); });
    }, READ_MS);
  }

  // -- drawing

  /** Draws what changed, in its place. */
  draw(): void {
    const rows = this.#wanted();
    this.#scroll.keep(() => {
      const keep = new Set(rows.map(r => r.key));
      for (const [key, row] of this.#rows) if (!keep.has(key)) { row.node.remove(); this.#rows.delete(key); }
      let at: Element | null = this.#list.firstElementChild;
      for (const wanted of rows) {
        let row = this.#rows.get(wanted.key);
        if (!row) this.#rows.set(wanted.key, row = { node: make('li'), look: '' });
        if (row.node === at) at = at.nextElementSibling; else this.#list.insertBefore(row.node, at);
        if (row.look !== wanted.look) { row.look = wanted.look; this.#redraw(row.node, wanted.draw); }
      }
    });
    if (!this.#rows.has(this.#current)) this.#current = '';
    const last = [...this.#list.querySelectorAll<HTMLElement>('li[data-key]')].at(-1);
    if (!this.#current && last) this.#makeCurrent(last);
    this.#showMore();
  }

  #redraw(node: HTMLElement, drawRow: (node: HTMLElement) => void): void {
    const focused = node.contains(document.activeElement) ? document.activeElement as HTMLElement : null;
    drawRow(node);
    if (!focused || focused === node || focused.isConnected) return;
    const act = focused.dataset['act'], emoji = focused.dataset['emoji'];
    (node.querySelector<HTMLElement>(emoji ? `[data-emoji="${CSS.escape(emoji)}"]` : `[data-act="${CSS.escape(act ?? '')}"]`) ?? node).focus({ preventScroll: true });
  }

  #wanted(): { key: string; look: string; draw: (node: HTMLElement) => void }[] {
    const rows: { key: string; look: string; draw: (node: HTMLElement) => void }[] = [];
    const { me, moments, outbox } = this.#house, waiting = outbox.of(this.id), scene = this.#scene;
    const known = new Set(this.#thread.lines.filter(l => l.by === me).map(l => l.clientId));
    const own: { line: Line; item: Item | null }[] = this.#thread.lines.map(line => ({ line: this.#pending(line, waiting), item: null }));
    if (!this.#thread.newer) own.push(...waiting.filter(i => i.kind === 'message' && !known.has(i.clientId)).map(item => ({ line: this.#lineOf(item), item })));
    const others = this.#members.filter(p => p.id !== me && p.readSeq != null && p.readSeq >= 0);
    const lastOwn = own.findLast(l => l.line.by === me && l.line.kind === 'message' && !l.line.deleted && !l.item);
    let before: Line | null = null, day = '', divided = false;
    for (const { line, item } of own) {
      const key = moments.key(line.at);
      if (key !== day) {
        const words = moments.day(line.at);
        rows.push({ key: `d:${key}`, look: words, draw: n => { n.className = 'dayline'; n.replaceChildren(words); } });
        day = key;
        before = null;
      }
      if (!divided && this.#divider > 0 && line.seq > this.#divider && line.by !== me && !item) {
        rows.push({ key: 'new', look: 'new', draw: n => { n.className = 'dayline newline'; n.replaceChildren(word('unreadFrom')); } });
        divided = true;
        before = null;
      }
      const same = before?.kind === 'message' && line.kind === 'message' && before.by === line.by && Date.parse(line.at) - Date.parse(before.at) < TOGETHER_MS && !line.replyTo && !line.priority && !line.edited;
      const readBy: [number, number] | null = line === lastOwn?.line ? [others.filter(p => (p.readSeq ?? 0) >= line.seq).length, others.length] : null;
      const look: Look = { line, item, same, readBy, gone: this.#leaving.has(line.seq) };
      const quoted = line.replyTo ? this.#thread.find(line.replyTo) : null;
      rows.push({
        key: line.clientId, look: JSON.stringify([look, quoted?.text, quoted?.deleted, line.by === me ? '' : nameOf(scene, line.by)]),
        draw: n => {
          n.dataset['key'] = line.clientId;
          n.dataset['seq'] = String(line.seq);
          n.tabIndex = line.clientId === this.#current ? 0 : -1;
          drawLine(n, look, scene);
          reach(n, n.tabIndex === 0);
        },
      });
      before = line;
    }
    return rows;
  }

  /** With what this person did and the server has not answered yet. */
  #pending(line: Line, waiting: readonly Item[]): Line {
    for (const i of waiting) if (i.target === line.seq && i.state !== 'refused') line = fold(line, { kind: i.kind, by: this.#house.me, at: new Date(i.order).toISOString(), body: { text: i.text ?? null, mentions: i.mentions ?? null, emoji: i.emoji ?? null } });
    return line;
  }

  #lineOf(item: Item): Line {
    const at = new Date(item.order).toISOString();
    return { ...lineOf(entryOf(item, { seq: 0, id: '', at }, this.#house.me), this.#members.map(p => p.id)), seq: Number.MAX_SAFE_INTEGER };
  }

  #showMore(): void {
    const away = this.#thread.newer || (this.#fresh > 0 && !this.#scroll.atFoot);
    this.#more.hidden = !away;
    if (away) this.#more.replaceChildren(this.#fresh > 0 ? count('new', this.#fresh) : word('toEnd'), icon('chevron-down'));
  }

  #makeCurrent(row: HTMLElement): void {
    const old = this.#rows.get(this.#current)?.node;
    if (old && old !== row) { old.tabIndex = -1; reach(old, false); }
    this.#current = row.dataset['key'] ?? '';
    row.tabIndex = 0;
    reach(row, true);
  }

  // -- moving

  #scrolled(): void {
    if (this.#scroll.atFoot && !this.#thread.newer && this.#fresh > 0) this.#fresh = 0;
    this.#showMore();
    if (this.#scroll.atFoot) this.#markRead();
    if (this.#loading) return;
    if (this.#scroll.nearTop && this.#thread.older) void this.#load('older');
    else if (this.#scroll.nearFoot && this.#thread.newer) void this.#load('newer');
  }

  async #load(which: 'older' | 'newer'): Promise<void> {
    this.#loading = true;
    this.#list.setAttribute('aria-busy', 'true');
    try {
      const page = await this.#house.link.http<History>(`conversations/${this.id}/history?limit=${PAGE}&${which === 'older' ? `before=${this.#thread.oldest}` : `around=${this.#thread.newest}`}`);
      if (this.#over.signal.aborted) return;
      const ends = which === 'newer' && !page.newer;
      if (which === 'older') this.#thread.addOlder(page); else this.#thread.addNewer(page);
      this.draw();
      if (ends) void this.catchUp();
    } catch { /* scrolling again asks again */ } finally {
      this.#loading = false;
      this.#list.removeAttribute('aria-busy');
    }
  }

  async #toEnd(): Promise<void> {
    if (this.#thread.newer) {
      await this.#show(await this.#house.link.http<History>(`conversations/${this.id}/history?limit=${PAGE}`));
      void this.catchUp();
    }
    this.#fresh = 0;
    this.#scroll.toFoot();
    this.#showMore();
    this.#markRead();
    this.#composer?.focus();
  }

  /** Shows a message, wherever it is, and puts the focus there. */
  async jump(seq: number): Promise<void> {
    if (!this.#thread.find(seq)) {
      try {
        this.#thread.show(await this.#house.link.http<History>(`conversations/${this.id}/history?limit=${PAGE}&around=${seq}`));
      } catch { return announce(word('notReached')); }
      this.draw();
      if (!this.#thread.newer) void this.catchUp();
    }
    const row = this.#list.querySelector<HTMLElement>(`li[data-seq="${seq}"]`);
    if (!row) return announce(word('gone'));
    row.scrollIntoView({ block: 'center' });
    row.focus({ preventScroll: true });
    row.classList.add('hit');
    setTimeout(() => row.classList.remove('hit'), 2000);
  }

  #key(e: KeyboardEvent): void {
    if (e.defaultPrevented || e.isComposing || e.ctrlKey || e.metaKey || e.altKey) return;
    const at = e.target as HTMLElement, row = at.closest<HTMLElement>('li[data-key]'), inThread = this.#root.contains(at) || at === document.body || at.id === 'contenu';
    if (!inThread || at.matches('input, textarea, select') || document.querySelector('dialog[open], :popover-open')) return;
    const arrows = e.key === 'ArrowDown' || e.key === 'ArrowUp';
    if (arrows && !row) return;
    if (!arrows && localStorage.getItem('parceo-single-keys') === 'off') return;
    const key = e.key.toLowerCase();
    if (key === 'j' || key === 'k' || arrows) {
      e.preventDefault();
      e.stopPropagation();
      return this.#step(row, key === 'j' || key === 'arrowdown' ? 1 : -1);
    }
    const line = row && this.#lineAt(row);
    if (!line || (key !== 'r' && key !== 'e')) return;
    if (key === 'e' && line.by !== this.#house.me) return;
    e.preventDefault();
    e.stopPropagation();
    this.#act(key === 'r' ? 'reply' : 'edit', line, row);
  }

  #step(row: HTMLElement | null, by: 1 | -1): void {
    const rows = [...this.#list.querySelectorAll<HTMLElement>('li[data-key]')];
    const from = row ?? rows.find(r => r.dataset['key'] === this.#current) ?? null;
    const to = row ? rows[rows.indexOf(row) + by] : from;
    if (!to) return by > 0 ? this.#composer?.focus() : row?.focus({ preventScroll: true });
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: 'nearest' });
  }

  // -- doing

  #post(kind: Kind, rest: Partial<Posting>): void {
    this.#house.outbox.add({ conversationId: this.id, clientId: crypto.randomUUID(), kind, ...rest });
  }

  /** The server has stored what was posted. */
  acknowledged(item: Item, ack: Ack): void {
    const entry = entryOf(item, ack, this.#house.me), found = this.#thread.take(entry);
    if (found === 'gap') void this.catchUp();
    this.#read = Math.max(this.#read, ack.seq - 1); // who writes here has read
    this.draw();
    this.#markRead();
  }

  #send(w: Written): void {
    if (w.editing) return this.#post('edit', { target: w.editing.seq, text: w.text, mentions: w.mentions });
    this.#divider = 0;
    if (this.#thread.newer) void this.#toEnd();
    this.#post('message', {
      text: w.text, ...(w.mentions.length > 0 && { mentions: w.mentions }), ...(w.files.length > 0 && { files: w.files }), ...(w.replyTo && { replyTo: w.replyTo.seq }), ...(w.priority && { priority: true }),
    });
    this.#fresh = 0;
    this.#scroll.toFoot();
    this.#showMore();
  }

  #editLast(): void {
    const line = this.#thread.lines.findLast(l => l.by === this.#house.me && l.kind === 'message' && !l.deleted && !this.#leaving.has(l.seq));
    if (line) this.#composer?.edit(this.#pending(line, this.#house.outbox.of(this.id)));
  }

  #lineAt(row: HTMLElement): Line | undefined {
    const line = this.#thread.find(Number(row.dataset['seq']));
    return line && line.kind === 'message' && !line.deleted ? this.#pending(line, this.#house.outbox.of(this.id)) : undefined;
  }

  #click(e: Event): void {
    const b = (e.target as Element).closest<HTMLElement>('[data-act]'), row = b?.closest<HTMLElement>('li[data-key]'), key = row?.dataset['key'] ?? '';
    if (!b || !row) return;
    const act = b.dataset['act'] ?? '';
    if (act === 'retry') return this.#house.outbox.retry();
    if (act === 'discard' || act === 'again') {
      const item = this.#house.outbox.discard(key);
      if (act === 'again' && item) this.#composer?.restore(item.text ?? '', item.files ?? []);
      else this.#composer?.focus();
      return;
    }
    if (act === 'jump') return void this.jump(Number(b.dataset['seq']));
    const line = this.#lineAt(row);
    if (line) this.#act(act, line, b, b.dataset['emoji']);
  }

  #act(act: string, line: Line, from: HTMLElement, emoji?: string): void {
    const { me } = this.#house, target = line.seq;
    switch (act) {
      case 'reply': this.#composer?.reply(line); break;
      case 'edit': this.#composer?.edit(line); break;
      case 'menu': this.#house.menu.open(from, this.#deeds(line), (a, em) => this.#act(a, line, from, em)); break;
      case 'react': this.#post(line.reactions.some(r => r.emoji === emoji && r.people.includes(me)) ? 'unreact' : 'react', { target, emoji: emoji ?? '' }); break;
      case 'confirm': case 'take': case 'release': this.#post(act, { target }); break;
      case 'delete': this.#delete(line); break;
      case 'copy': void navigator.clipboard.writeText(line.text ?? '').then(() => announce(word('copied')), () => undefined); break;
    }
  }

  #deeds(line: Line): Deed[] {
    const { me } = this.#house, mine = line.by === me;
    return [
      { act: 'reply', label: word('reply'), icon: 'message-plus', key: 'R' },
      ...(line.askedOf.includes(me) && !line.confirmedBy.includes(me) ? [{ act: 'confirm', label: word('confirm'), icon: 'checks' }] : []),
      ...(!line.takenBy ? [{ act: 'take', label: word('take'), icon: 'hand-stop' }] : line.takenBy === me ? [{ act: 'release', label: word('release'), icon: 'hand-stop' }] : []),
      ...(line.text ? [{ act: 'copy', label: word('copy'), icon: 'copy' }] : []),
      ...(mine ? [{ act: 'edit', label: word('edit'), icon: 'edit', key: 'E' }, { act: 'delete', label: word('delete'), icon: 'trash' }] : []),
    ];
  }

  /** Taken back for 10 s before it is sent: what is deleted is gone for good. */
  #delete(line: Line): void {
    const form = make('form', {}, make('button', {}, word('undo')));
    const toast = make('div', { class: 'p-toast', 'data-toast': '', tabindex: '-1', role: 'status' }, make('span', {}, word('deletedToast')), form);
    const posting: Posting = { conversationId: this.id, clientId: crypto.randomUUID(), kind: 'delete', target: line.seq };
    const timer = window.setTimeout(() => this.#gone(line.seq), UNDO_MS);
    this.#leaving.set(line.seq, { posting, timer, toast });
    form.addEventListener('submit', e => {
      e.preventDefault();
      e.stopPropagation();
      clearTimeout(timer);
      this.#leaving.delete(line.seq);
      toast.remove();
      this.draw();
      this.#list.querySelector<HTMLElement>(`li[data-seq="${line.seq}"]`)?.focus({ preventScroll: true });
    });
    document.getElementById('p-toasts')?.replaceChildren(toast);
    document.dispatchEvent(new CustomEvent('parceo:toasts'));
    this.draw();
  }

  #gone(seq: number): void {
    const leaving = this.#leaving.get(seq);
    if (!leaving) return;
    this.#leaving.delete(seq);
    clearTimeout(leaving.timer);
    leaving.toast.remove();
    this.#house.outbox.add(leaving.posting);
    this.draw();
  }

  /** The page goes: what was deleted stays deleted. */
  #flush(): void {
    for (const [seq, { posting }] of this.#leaving) {
      this.#gone(seq);
      this.#house.link.farewell(posting);
    }
  }
}
