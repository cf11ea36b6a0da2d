import { announce, icon, make } from '@parceo/ui/page';
import type { Store } from '@parceo/ui/sealed';
import { ConversationHead } from './head';
import { Composer, type Written } from './composer';
import { Follow } from './follow';
import { keys } from './keys';
import type { Link } from './link';
import { nameOf, type Scene } from './lines';
import { actions, type Menu } from './menu';
import type { Moments } from './moment';
import type { Item, Outbox } from './outbox';
import { Reading } from './reading';
import { Rows } from './rows';
import { Scroll } from './scroll';
import { Speaker, Typists, present } from './signs';
import { pending, shown, timelineRows } from './timeline';
import { Thread } from './thread';
import { Deletions } from './undo';
import { entryOf, isLine, type Ack, type Entry, type Head, type History, type Kind, type Line, type Person, type Posting } from './wire';
import { count, word } from './words';

const PAGE = 60;
const ABOUT_HEAD: readonly Kind[] = ['join', 'leave', 'title', 'topic', 'resolve', 'reopen', 'assign', 'done', 'undone'];

export interface RoomContext {
  link: Link;
  outbox: Outbox;
  store: Store;
  moments: Moments;
  me: string;
  menu: Menu;
  removed: () => void;
  /** Address of the script that shows pictures and PDFs, and of the folder of what draws these. */
  viewer: string;
  papers: string;
  /** Something of the list is other than it was. */
  listed: () => void;
}

/** The open conversation: what is heard, read and done there. Its parts: `thread` what is known, `timeline` and `rows` what is drawn, `composer` the foot. */
export class Room {
  readonly id: string;
  readonly #context: RoomContext;
  readonly #thread: Thread;
  readonly #scroll: Scroll;
  readonly #rows: Rows;
  readonly #composer: Composer | null;
  readonly #more: HTMLButtonElement;
  #up: HTMLElement | null;
  readonly #typists: Typists;
  readonly #speaker = new Speaker(() => this.#scene);
  readonly #deletions: Deletions;
  readonly #over = new AbortController();
  readonly #head: ConversationHead;
  readonly #follow: Follow;
  #divider: number;
  #fresh = 0;
  #loading = false;
  readonly #reading: Reading;

  constructor(
    root: HTMLElement,
    context: RoomContext,
    head: Head,
    page: History,
    readonly topic: string | null,
  ) {
    this.#context = context;
    this.id = head.line.id;
    this.#head = new ConversationHead(head, context.me);
    this.#thread = new Thread(this.id, () => this.#members.map(p => p.id), topic);
    this.#follow = new Follow(context.link, this.#thread, this.#over.signal, {
      took: e => this.#took(e),
      far: async () => this.#showEnd(await this.#page()),
      removed: context.removed,
    });
    this.#thread.show(page);
    this.#divider = head.line.readSeq;
    this.#reading = new Reading(
      this.id,
      context.link,
      this.#divider,
      () => (this.#scroll.atFoot && !this.#thread.newer && !topic ? this.#thread.last : null), // one topic is not all of it
      this.#over.signal,
    );
    const box = root.querySelector<HTMLElement>('.msgs')!,
      typing = root.querySelector<HTMLElement>('.typing') ?? make('div'),
      list = box.querySelector('ol')!;
    this.#scroll = new Scroll(box);
    this.#rows = new Rows(list, this.#scroll);
    this.#typists = new Typists(typing, id => nameOf(this.#scene, id));
    this.#deletions = new Deletions(this.id, context.outbox, context.link, kept => {
      this.draw();
      if (kept) this.#rows.at(kept)?.focus({ preventScroll: true });
    });
    this.#more = make('button', { type: 'button', class: 'btn btn-primary btn-sm down' });
    this.#more.hidden = true;
    typing.before(make('div', { class: 'downs' }, this.#more));
    this.#up = root.querySelector('[data-unread]');
    const form = root.querySelector<HTMLFormElement>('form.comp');
    this.#composer =
      form &&
      new Composer(
        form,
        {
          link: context.link,
          store: context.store,
          conversationId: this.id,
          me: context.me,
          members: () => this.#members,
          nameOf: id => nameOf(this.#scene, id),
          send: w => this.#send(w),
          editLast: () => this.#editLast(),
          enterSends: head.enterSends === true && matchMedia('(pointer: fine)').matches,
          saved: context.listed,
          openTopic: title => this.#openTopic(title),
        },
        head.draft ?? '',
      );
    list.replaceChildren();
    this.#composer?.offer(head.topics);
    this.draw();
    this.#scroll.toFoot();
    requestAnimationFrame(() => this.#showUp()); // once it is laid out where it stands
    const { signal } = this.#over;
    box.addEventListener('scroll', () => this.#scrolled(), { passive: true, signal });
    this.#more.addEventListener('click', () => void this.#toEnd(), { signal });
    this.#up?.addEventListener(
      'click',
      e => {
        e.preventDefault();
        void this.#toUnread();
      },
      { signal },
    );
    list.addEventListener('click', e => this.#click(e), { signal });
    list.addEventListener(
      'focusin',
      e => {
        const row = (e.target as Element).closest<HTMLElement>('li[data-key]');
        if (row) this.#rows.makeCurrent(row);
      },
      { signal },
    );
    keys(
      root,
      this.#rows,
      (act, row) => {
        const line = this.#lineAt(row);
        if (!line || (act === 'edit' && line.by !== context.me)) return false;
        this.#act(act, line, row);
        return true;
      },
      () => this.#composer?.focus(),
      signal,
    );
    addEventListener('pagehide', () => this.#deletions.flush(), { signal });
    context.link.say('Watch', this.id);
    this.#reading.look();
    void this.catchUp();
  }

  /** Another conversation is opened. */
  close(): void {
    this.#over.abort();
    this.#deletions.flush();
    this.#context.link.say('Watch', null);
    this.#speaker.close();
    this.#typists.close();
  }

  get #members(): Person[] {
    return this.#head.members;
  }

  get #scene(): Scene {
    const c = this.#head;
    return {
      id: this.id,
      me: c.me,
      moments: this.#context.moments,
      person: id => c.person(id),
      find: seq => this.#thread.find(seq),
      direct: c.head.line.kind === 'direct',
      topic: id => c.topic(id),
      topicHref: id => (this.topic ? null : `/messages/${this.id}?sujet=${id}`),
    };
  }

  /** People, rights, topics as they are now. */
  meet(head: Head): void {
    this.#head.learn(head);
    this.#composer?.offer(head.topics);
    this.draw();
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

  catchUp(): Promise<void> {
    return this.#follow.now();
  }

  #took(entries: readonly Entry[]): void {
    const news = entries.filter(e => isLine(e.kind) && e.by !== this.#context.me && this.#thread.concerns(e.body?.topic));
    for (const e of entries) {
      this.#typists.stopped(e.by);
      if (e.kind === 'message') this.#head.wrote(e.by, e.seq);
    }
    if (entries.some(e => ABOUT_HEAD.includes(e.kind)))
      this.#context.link.http<Head>(`conversations/${this.id}`).then(
        h => this.meet(h),
        () => undefined,
      );
    const foot = this.#scroll.atFoot;
    if (foot && this.#reading.watched && !this.#rows.has('new')) this.#divider = this.#thread.last; // seen as it came
    if (!foot || this.#thread.newer) this.#fresh += news.filter(e => e.kind === 'message').length;
    this.draw();
    this.#typists.show();
    this.#speaker.say(news);
    this.#reading.look();
  }

  readBy(person: string, seq: number): void {
    if (person === this.#context.me) this.#reading.reached(seq);
    if (this.#head.read(person, seq)) this.draw();
  }

  typed(person: string): void {
    if (person !== this.#context.me) this.#typists.typed(person);
  }

  present(people: readonly string[]): void {
    present(people, this.#context.me);
  }

  // -- drawing

  draw(): void {
    const lines = shown(
      this.#thread,
      this.#waiting,
      this.#context.me,
      this.#members.map(p => p.id),
    );
    this.#rows.show(
      timelineRows({
        scene: this.#scene,
        lines,
        members: this.#members,
        divider: this.#divider,
        leaving: seq => this.#deletions.has(seq),
        drawn: row => this.#rows.reach(row),
      }),
    );
    this.#showMore();
  }

  get #waiting(): readonly Item[] {
    return this.#context.outbox.of(this.id);
  }

  #showMore(): void {
    const away = this.#thread.newer || (this.#fresh > 0 && !this.#scroll.atFoot);
    this.#more.hidden = !away;
    if (away) this.#more.replaceChildren(this.#fresh > 0 ? count('new', this.#fresh) : word('toEnd'), icon('chevron-down'));
  }

  /** The way to the first message that was not read, while it is above what is shown. */
  #showUp(): void {
    if (!this.#up) return;
    const first = this.#firstUnread,
      above = first
        ? first.getBoundingClientRect().top < this.#scroll.box.getBoundingClientRect().top - 8
        : this.#thread.older && this.#thread.oldest > this.#divider + 1;
    this.#up.hidden = !above;
    if (!above) this.#up = null; // it was in sight
  }

  get #firstUnread(): HTMLElement | null {
    return (
      this.#rows.node('new') ?? (this.#thread.older ? null : (this.#rows.nodes.find(n => Number(n.dataset['seq']) > this.#divider) ?? null))
    );
  }

  // -- moving

  async #toUnread(): Promise<void> {
    if (!this.#firstUnread) {
      try {
        this.#thread.show(await this.#page(`&around=${this.#divider + 1}`));
      } catch {
        return announce(word('notReached'));
      }
      this.draw();
      if (!this.#thread.newer) void this.catchUp();
    }
    const row = this.#firstUnread,
      message = row?.matches('li[data-key]') ? row : (row?.nextElementSibling as HTMLElement | null);
    row?.scrollIntoView({ block: 'start' });
    message?.focus({ preventScroll: true });
    this.#showUp();
  }

  #page(where = ''): Promise<History> {
    return this.#context.link.http<History>(
      `conversations/${this.id}/history?limit=${PAGE}${this.topic ? `&topic=${this.topic}` : ''}${where}`,
    );
  }

  #scrolled(): void {
    if (this.#scroll.atFoot && !this.#thread.newer && this.#fresh > 0) this.#fresh = 0;
    this.#showMore();
    this.#showUp();
    if (this.#scroll.atFoot) this.#reading.look();
    if (this.#loading) return;
    if (this.#scroll.nearTop && this.#thread.older) void this.#load('older');
    else if (this.#scroll.nearFoot && this.#thread.newer) void this.#load('newer');
  }

  async #load(which: 'older' | 'newer'): Promise<void> {
    this.#loading = true;
    this.#rows.list.setAttribute('aria-busy', 'true');
    try {
      const page = await this.#page(which === 'older' ? `&before=${this.#thread.oldest}` : `&around=${this.#thread.newest}`);
      if (this.#over.signal.aborted) return;
      const ends = which === 'newer' && !page.newer;
      if (which === 'older') this.#thread.addOlder(page);
      else this.#thread.addNewer(page);
      this.draw();
      if (ends) void this.catchUp();
    } catch {
      /* scrolling again asks again */
    } finally {
      this.#loading = false;
      this.#rows.list.removeAttribute('aria-busy');
    }
  }

  #showEnd(page: History): void {
    this.#thread.show(page);
    this.#fresh = 0;
    this.draw();
    this.#scroll.toFoot();
    this.#reading.look();
  }

  async #toEnd(): Promise<void> {
    if (this.#thread.newer) {
      this.#showEnd(await this.#page());
      void this.catchUp();
    }
    this.#fresh = 0;
    this.#scroll.toFoot();
    this.#showMore();
    this.#reading.look();
    this.#composer?.focus();
  }

  /** Shows a message, wherever it is, and puts the focus there. */
  async jump(seq: number): Promise<void> {
    if (!this.#thread.find(seq)) {
      try {
        this.#thread.show(await this.#page(`&around=${seq}`));
      } catch {
        return announce(word('notReached'));
      }
      this.draw();
      if (!this.#thread.newer) void this.catchUp();
    }
    const row = this.#rows.at(seq);
    if (!row && this.topic) return location.assign(`/messages/${this.id}#m${seq}`); // it is of another topic
    if (!row) return announce(word('gone'));
    row.scrollIntoView({ block: 'center' });
    row.focus({ preventScroll: true });
    row.classList.add('hit');
    setTimeout(() => row.classList.remove('hit'), 2000);
  }

  // -- doing

  #post(kind: Kind, rest: Partial<Posting>): void {
    this.#context.outbox.add({ conversationId: this.id, clientId: crypto.randomUUID(), kind, ...rest });
  }

  /** The server has stored what was posted. */
  acknowledged(item: Item, ack: Ack): void {
    const entry = entryOf(item, ack, this.#context.me),
      found = this.#thread.take(entry);
    if (found === 'gap') void this.catchUp();
    this.#reading.reached(ack.seq - 1); // who writes here has read
    this.draw();
    this.#reading.look();
  }

  #send(w: Written): void {
    if (w.editing) return this.#post('edit', { target: w.editing.seq, text: w.text, mentions: w.mentions });
    this.#divider = 0;
    if (this.#thread.newer) void this.#toEnd();
    this.#post('message', {
      text: w.text,
      ...(w.mentions.length > 0 && { mentions: w.mentions }),
      ...(w.files.length > 0 && { files: w.files }),
      ...(w.replyTo && { replyTo: w.replyTo.seq }),
      ...(w.priority && { priority: true }),
      ...((this.topic ?? w.topic) && { topic: this.topic ?? w.topic ?? '' }),
    });
    this.#fresh = 0;
    this.#scroll.toFoot();
    this.#showMore();
  }

  async #openTopic(title: string): Promise<string> {
    const { id } = await this.#context.link.http<{ id: string }>(`conversations/${this.id}/topics`, 'POST', { title });
    this.meet(await this.#context.link.http<Head>(`conversations/${this.id}`));
    return id;
  }

  #editLast(): void {
    const line = this.#thread.lines.findLast(
      l => l.by === this.#context.me && l.kind === 'message' && !l.deleted && !this.#deletions.has(l.seq),
    );
    if (line) this.#composer?.edit(pending(line, this.#waiting, this.#context.me));
  }

  /** The viewer is fetched when it is first asked for; without it the file opens as it does without scripts. */
  #view(link: HTMLAnchorElement, e: MouseEvent): void {
    if (e.ctrlKey || e.metaKey || e.shiftKey || e.button !== 0) return;
    e.preventDefault();
    const links = [...this.#rows.list.querySelectorAll<HTMLAnchorElement>('a[data-act=view]')];
    void import(this.#context.viewer).then(
      (m: typeof import('../viewer')) => m.view(links, link, this.#context.papers, word),
      () => {
        delete link.dataset['act'];
        link.click();
      },
    );
  }

  #lineAt(row: HTMLElement): Line | undefined {
    const line = this.#thread.find(Number(row.dataset['seq']));
    return line && line.kind === 'message' && !line.deleted ? pending(line, this.#waiting, this.#context.me) : undefined;
  }

  #click(e: Event): void {
    const b = (e.target as Element).closest<HTMLElement>('[data-act]'),
      row = b?.closest<HTMLElement>('li[data-key]'),
      key = row?.dataset['key'] ?? '';
    if (!b || !row) return;
    const act = b.dataset['act'] ?? '';
    if (act === 'retry') return this.#context.outbox.retry();
    if (act === 'discard' || act === 'again') {
      const item = this.#context.outbox.discard(key);
      if (act === 'again' && item) this.#composer?.restore(item.text ?? '', item.files ?? []);
      else this.#composer?.focus();
      return;
    }
    if (act === 'view') return this.#view(b as HTMLAnchorElement, e as MouseEvent);
    if (act === 'jump') return void this.jump(Number(b.dataset['seq']));
    const line = this.#lineAt(row);
    if (line) this.#act(act, line, b, b.dataset['emoji']);
  }

  #act(act: string, line: Line, from: HTMLElement, emoji?: string): void {
    const { me } = this.#context,
      target = line.seq;
    switch (act) {
      case 'reply':
        this.#composer?.reply(line);
        break;
      case 'edit':
        this.#composer?.edit(line);
        break;
      case 'menu':
        this.#context.menu.open(from, actions(line, me), (a, em) => this.#act(a, line, from, em));
        break;
      case 'react':
        this.#post(line.reactions.some(r => r.emoji === emoji && r.people.includes(me)) ? 'unreact' : 'react', {
          target,
          emoji: emoji ?? '',
        });
        break;
      case 'confirm':
      case 'take':
      case 'release':
        this.#post(act, { target });
        break;
      case 'delete':
        this.#deletions.add(target);
        break;
      case 'copy':
        void navigator.clipboard.writeText(line.text ?? '').then(
          () => announce(word('copied')),
          () => undefined,
        );
        break;
    }
  }
}
