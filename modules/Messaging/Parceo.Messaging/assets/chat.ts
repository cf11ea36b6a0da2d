import { FragmentError, fragment } from '@parceo/ui/fragment';
import { ownUrl } from '@parceo/ui/page';
import type { Store } from '@parceo/ui/sealed';
import { ask, endedBy } from '@parceo/ui/session';
import { unsent } from '@parceo/ui/unsent';
import { Find } from './lib/find';
import { Link } from './lib/link';
import { Menu } from './lib/menu';
import { Moments } from './lib/moment';
import { Outbox } from './lib/outbox';
import { Room, type RoomContext } from './lib/room';
import type { Ack, Entry, Head, History, Posting } from './lib/wire';
import { learn, word } from './lib/words';

const LIST_MS = 250,
  LIST_EVERY_MS = 2000;

/** `<parceo-chat person zone hub api>` around the list, the open thread and what is said about it: docs/messaging-protocol.md. */
class Chat extends HTMLElement {
  #begun = false;
  #context!: RoomContext;
  #room: Room | null = null;
  #listTimer = 0;
  #listed = 0;
  #busy: AbortController | undefined;
  #opening: AbortController | undefined;

  connectedCallback(): void {
    if (this.#begun) return;
    this.#begun = true;
    learn(JSON.parse(this.querySelector(':scope > script[data-words]')?.textContent ?? '{}') as Record<string, string>);
    void unsent().then(store => this.#begin(store));
  }

  #begin(store: Store): void {
    const me = this.getAttribute('person') ?? '';
    const link = new Link(
      this.getAttribute('hub') ?? '',
      this.getAttribute('api') ?? '',
      () => this.#look(),
      () => this.#state(),
    );
    const outbox = new Outbox({
      store,
      ready: () => link.ready,
      post: (p: Posting): Promise<Ack> => link.post(p),
      changed: id => {
        if (id === this.#room?.id) this.#room.draw();
      },
      acknowledged: (item, ack) => {
        if (item.conversationId === this.#room?.id) this.#room.acknowledged(item, ack);
        this.#list();
      },
      later: (run, ms) => window.setTimeout(run, ms),
    });
    this.#context = {
      link,
      outbox,
      store,
      me,
      menu: new Menu(this),
      moments: new Moments(this.getAttribute('zone') ?? 'UTC', word('today'), word('yesterday')),
      removed: () => this.#removed(),
      viewer: this.getAttribute('viewer') ?? '',
      papers: this.getAttribute('papers') ?? '',
      listed: () => this.#list(),
    };
    link.on('entry', (e: Entry) => {
      if (e.conversationId === this.#room?.id) this.#room.heard(e);
      this.#list();
    });
    link.on('hint', (id: string, seq: number) => {
      if (id === this.#room?.id) this.#room.hinted(seq);
      this.#list();
    });
    link.on('read', (id: string, person: string, seq: number) => {
      if (id === this.#room?.id) this.#room.readBy(person, seq);
      if (person === me) this.#list();
    });
    link.on('typing', (id: string, person: string) => {
      if (id === this.#room?.id) this.#room.typed(person);
    });
    link.on('present', (id: string, people: string[]) => {
      if (id === this.#room?.id) this.#room.present(people);
    });
    link.on('changed', (id: string) => {
      this.#list();
      if (id === this.#room?.id) void this.#meet();
    });
    const find = this.querySelector<HTMLFormElement>('form.find'),
      list = this.querySelector<HTMLElement>('#conversations'),
      found = this.querySelector<HTMLElement>('#trouves');
    if (find && list && found) new Find(find, list, found, link, this.#context.moments, me, () => this.#room?.id ?? null);
    this.addEventListener('click', e => this.#click(e));
    this.addEventListener('submit', e => void this.#submit(e));
    addEventListener('popstate', () => void this.#open(location.pathname + location.search, false));
    this.#enter();
  }

  get #thread(): HTMLElement {
    return this.querySelector<HTMLElement>('.thread')!;
  }

  /** Takes over the thread that the server drew. */
  #enter(): void {
    const data = this.#thread.querySelector('script[data-thread]')?.textContent;
    this.#room?.close();
    this.#room = null;
    if (data) {
      const { head, history, topic } = JSON.parse(data) as { head: Head; history: History; topic?: string | null };
      this.#room = new Room(this.#thread, this.#context, head, history, topic ?? null);
      const hit = /^#m(\d+)$/.exec(location.hash)?.[1];
      if (hit) void this.#room.jump(Number(hit));
    }
    this.toggleAttribute('data-open', this.#room !== null || this.querySelector('#sujets') !== null);
    this.#mark();
  }

  #click(e: MouseEvent): void {
    const a = (e.target as Element).closest<HTMLAnchorElement>('a[data-thread]');
    if (!a || e.ctrlKey || e.metaKey || e.shiftKey || e.button !== 0) return;
    e.preventDefault();
    void this.#open(a.pathname + a.search, true, a.hash);
  }

  /** A form of the page about the open thread: what it changes is heard as any change is. */
  async #submit(e: SubmitEvent): Promise<void> {
    const form = (e.target as Element).closest<HTMLFormElement>('form[data-action]');
    if (!form) return;
    e.preventDefault();
    try {
      const answer = await ask(location.href, {
        method: 'POST',
        body: new URLSearchParams([...new FormData(form, e.submitter)].map(([k, v]) => [k, String(v)])),
      });
      if (endedBy(answer)) return;
      if (!answer.redirected) throw new Error('refused');
      void this.#meet();
    } catch {
      form.submit();
    } // the page itself says what is wrong
  }

  async #open(path: string, push: boolean, hash = ''): Promise<void> {
    this.#opening?.abort();
    const opening = (this.#opening = new AbortController());
    const room = this.#room,
      here = room !== null && !location.search.includes('par='),
      same = here && path.endsWith(room.topic ? `${room.id}?sujet=${room.topic}` : room.id);
    if (same && hash) {
      const seq = /\d+/.exec(hash)?.[0];
      return void (seq && this.#room?.jump(Number(seq)));
    }
    if (same) return;
    this.#thread.setAttribute('aria-busy', 'true');
    try {
      const html = await fragment(path, 'p-chat', opening.signal);
      const page = new DOMParser().parseFromString(html, 'text/html'),
        thread = page.querySelector('.thread'),
        about = page.querySelector('.about');
      if (!thread) throw new FragmentError(true);
      if (push) history.pushState({}, '', path + hash);
      this.#room?.close();
      this.#room = null;
      this.#thread.replaceWith(document.adoptNode(thread));
      this.querySelector('.about')?.remove();
      if (about) this.querySelector('.thread')?.after(document.adoptNode(about));
      this.#enter();
      this.#list();
      if (this.#room && matchMedia('(pointer: fine)').matches)
        this.#thread.querySelector<HTMLElement>('textarea')?.focus({ preventScroll: true });
      else this.#thread.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    } catch {
      if (!opening.signal.aborted) location.assign(path + hash); // the page itself says what is wrong
    } finally {
      if (this.#opening === opening) this.#thread.removeAttribute('aria-busy');
    }
  }

  /** Which one is open. */
  #mark(): void {
    for (const a of this.querySelectorAll<HTMLAnchorElement>('a.conv')) {
      if (this.hasAttribute('data-open') && location.pathname.endsWith(a.pathname)) a.setAttribute('aria-current', 'true');
      else a.removeAttribute('aria-current');
    }
  }

  /** Something may have been missed. */
  #look(): void {
    this.#context.outbox.retry();
    void this.#room?.catchUp();
    if (this.#room) this.#context.link.say('Watch', this.#room.id);
    this.#list();
  }

  #state(): void {
    if (!this.#context) return; // the connection tells of itself while the context is built
    const { link, outbox } = this.#context;
    if (link.ready && outbox.kept > 0) outbox.retry();
  }

  /** The list as the server has it now, soon; a burst is one look. */
  #list(): void {
    if (this.#listTimer) return;
    const wait = Math.max(LIST_MS, LIST_EVERY_MS - (Date.now() - this.#listed));
    this.#listTimer = window.setTimeout(() => {
      this.#listTimer = 0;
      this.#listed = Date.now();
      void this.#fetchList();
    }, wait);
  }

  async #fetchList(): Promise<void> {
    const place = this.querySelector('#conversations');
    if (!place || (document.hidden && this.#listed === 0)) return;
    this.#busy?.abort();
    const busy = (this.#busy = new AbortController());
    try {
      const url = ownUrl('/messages');
      url.search = new URLSearchParams(this.getAttribute('list') ?? '').toString();
      const html = await fragment(url.href, 'conversations', busy.signal, true);
      patch(place, html);
      this.#mark();
      const topics = this.querySelector('#sujets');
      if (topics) patch(topics, await fragment(location.pathname + location.search, 'sujets', busy.signal, true));
    } catch {
      /* the next sign or look asks again */
    }
  }

  async #meet(): Promise<void> {
    const room = this.#room;
    if (!room) return;
    try {
      const head = await this.#context.link.http<Head>(`conversations/${room.id}`);
      if (room === this.#room) room.meet(head);
      const about = this.querySelector('.about');
      if (about) patch(about, await fragment(location.pathname + location.search, 'a-propos', new AbortController().signal, true));
    } catch (e) {
      if ((e as { code?: string }).code === 'conversation_unknown') this.#removed();
    }
  }

  #removed(): void {
    document.dispatchEvent(new CustomEvent('parceo:toast', { detail: { message: word('removedFrom') } }));
    void this.#open('/messages', true);
  }
}

const drawn = new WeakMap<Element, string>();

/** Puts the server's new drawing in place; rows that say the same stay the very same nodes, so that no click or focus is lost. */
function patch(place: Element, html: string): void {
  if (drawn.get(place) === html) return;
  drawn.set(place, html);
  const page = new DOMParser().parseFromString(html, 'text/html'),
    row = document.activeElement?.closest('li[id]')?.id;
  for (const next of page.querySelectorAll('li[id]')) {
    const look = next.outerHTML,
      old = place.querySelector(`#${CSS.escape(next.id)}`);
    if (old && drawn.get(old) === look) next.replaceWith(old);
    else drawn.set(next, look);
  }
  place.replaceChildren(...page.body.childNodes);
  if (row && !place.contains(document.activeElement))
    place.querySelector<HTMLElement>(`#${CSS.escape(row)} a`)?.focus({ preventScroll: true });
}

customElements.define('parceo-chat', Chat);
