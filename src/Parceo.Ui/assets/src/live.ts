import { Connection, type Part } from './lib/connection';
import { FragmentError, fragment } from './lib/fragment';
import { morph } from './lib/morph';
import { announce, focusMoved, icon, make, text } from './lib/page';
import { ask } from './lib/session';
import { countWaiting } from './lib/waiting';

const BURST_MS = 60,
  LOOK_EVERY_MS = 300,
  POLL_MS = 5000,
  SPOKEN_EVERY_MS = 5000,
  BELL_MS = 30_000;

let spokenAt = 0;

/** `<parceo-live id hub src on key join args hold-new>`: see Live.razor. */
class Live extends HTMLElement {
  #hub: Connection | undefined;
  readonly #part: Part = {
    // Join first, then look: nothing said in between is lost. A refused group leaves the region as drawn.
    connected: () =>
      void this.#join().then(
        () => this.refresh(),
        () => undefined,
      ),
    look: () => {
      if (!document.hidden) this.refresh();
    },
    shown: true,
  };
  #heard = (...args: unknown[]): void => {
    const key = this.getAttribute('key');
    if (key === null || args[0] === key) this.refresh();
  };
  #timer = 0;
  #due = false;
  #looked = 0;
  #busy: AbortController | undefined;
  #again = false;
  #html: string | undefined;
  #bar: HTMLElement | undefined;

  connectedCallback(): void {
    // Someone else drew the region (a search, a soft act): what we remember of it is no longer what is shown.
    this.addEventListener('parceo:morphed', () => {
      this.#busy?.abort();
      this.#html = undefined;
    });
    this.#hub = Connection.of(this.getAttribute('hub') ?? '');
    this.#hub.on(this.getAttribute('on') ?? 'changed', this.#heard);
    this.#hub.add(this.#part);
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    this.#due = false;
    this.#busy?.abort();
    this.#bar?.remove();
    this.#hub?.off(this.getAttribute('on') ?? 'changed', this.#heard);
    this.#hub?.remove(this.#part);
    this.#hub = undefined;
  }

  async #join(): Promise<void> {
    const method = this.getAttribute('join');
    if (method) await this.#hub?.invoke(method, ...(JSON.parse(this.getAttribute('args') ?? '[]') as unknown[]));
  }

  /** Looks again soon; signals of a burst make one look, and a burst without an end one now and then. */
  refresh(): void {
    if (this.#due) return;
    clearTimeout(this.#timer);
    this.#due = true;
    const wait = Math.max(BURST_MS, LOOK_EVERY_MS - (Date.now() - this.#looked));
    this.#timer = window.setTimeout(() => {
      this.#due = false;
      this.#looked = Date.now();
      void this.#look();
    }, wait);
  }

  async #look(): Promise<void> {
    if (this.#busy) {
      this.#again = true;
      return;
    }
    const busy = (this.#busy = new AbortController()),
      address = this.getAttribute('src') ?? location.href;
    try {
      const html = await fragment(address, this.id, busy.signal, true);
      this.#hub?.reached(true);
      if (address !== (this.getAttribute('src') ?? location.href))
        this.#again = true; // the search changed meanwhile: an answer to the old one
      else if (html !== this.#html) this.#draw(html, this.hasAttribute('hold-new'));
    } catch (error) {
      if (busy.signal.aborted) {
        this.#again = this.isConnected;
        return;
      }
      if (error instanceof FragmentError && error.gone) return this.#leave();
      this.#hub?.reached(false);
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => void this.#look(), POLL_MS); // a change whose look failed must not be missed
    } finally {
      this.#busy = undefined;
      if (this.#again) {
        this.#again = false;
        this.refresh();
      }
    }
  }

  #draw(html: string, hold: boolean): void {
    const first = this.#html === undefined;
    let held = 0;
    const known = new Set([...this.querySelectorAll('[data-rows] > [id]')].map(e => e.id));
    const focused = document.activeElement,
      onBar = this.#bar?.contains(focused);
    this.#bar?.remove(); // ours, unknown to the server's fragment
    const moved = morph(this, html, {
      admit: e => {
        if (!hold || known.size === 0 || !e.id || !e.parentElement?.matches('[data-rows]')) return true;
        held++;
        return false;
      },
    });
    if (document.activeElement !== focused) focusMoved();
    this.#html = held > 0 ? undefined : html; // held rows are still to be drawn
    this.#wait(held, html);
    if (onBar) this.#bar?.querySelector('button')?.focus({ preventScroll: true });
    if (held > 0) this.#speak(held === 1 ? text('NewOne') : text('NewMany', held));
    else if (moved || !first) this.#speak(this.getAttribute('announce') ?? text('LiveUpdated'));
    this.dispatchEvent(new CustomEvent('parceo:refreshed', { bubbles: true }));
  }

  /** « 3 nouveaux », above the list: it grows when asked, never under the finger. */
  #wait(count: number, html: string): void {
    if (count === 0) {
      this.#bar = undefined;
      return;
    }
    const button = make(
      'button',
      { type: 'button', class: 'btn btn-plain btn-sm' },
      icon('chevron-up'),
      count === 1 ? text('NewOne') : text('NewMany', count),
    );
    button.addEventListener('click', () => {
      const known = new Set([...this.querySelectorAll('[data-rows] > [id]')].map(e => e.id));
      this.#draw(html, false);
      const added = [...this.querySelectorAll('[data-rows] > [id]')].find(e => !known.has(e.id));
      (added?.querySelector<HTMLElement>('[data-row], a, button') ?? null)?.focus();
    });
    this.prepend((this.#bar = make('div', { class: 'p-new' }, button)));
  }

  #speak(message: string): void {
    if (document.hidden || Date.now() - spokenAt < SPOKEN_EVERY_MS) return;
    spokenAt = Date.now();
    announce(message);
  }

  /** No longer allowed, or no longer there: asking again would only be refused again. */
  #leave(): void {
    this.#hub?.off(this.getAttribute('on') ?? 'changed', this.#heard);
    this.#hub?.remove(this.#part);
    document.dispatchEvent(new CustomEvent('parceo:live', { detail: 'off' }));
  }
}

/** `<parceo-bell hub one many urgent>` around the link of the notices: its hub says how many wait, and whether one is urgent. */
class Bell extends HTMLElement {
  #hub: Connection | undefined;
  #missed = false;
  #asked = 0;
  readonly #part: Part = { connected: () => undefined, look: () => this.#look(), shown: false };
  #count = Number(this.dataset['count'] ?? 0);
  #urgentAt = 0;
  #heard = (count: unknown, urgent: unknown, at: unknown): void => this.#show(Number(count), urgent === true, Number(at ?? 0));

  connectedCallback(): void {
    this.#hub = Connection.of(this.getAttribute('hub') ?? '');
    this.#hub.on('count', this.#heard);
    this.#hub.add(this.#part);
  }

  disconnectedCallback(): void {
    this.#hub?.off('count', this.#heard);
    this.#hub?.remove(this.#part);
  }

  /** Its number comes with each connection: while the node hears a part only it connects anew, and once more when it hears all again. */
  #look(): void {
    if (!this.#hub?.connected || (this.#hub.live && !this.#missed)) return;
    if (!this.#hub.live && Date.now() - this.#asked < BELL_MS) return;
    this.#missed = !this.#hub.live;
    this.#asked = Date.now();
    this.#hub.again();
  }

  /** `urgent` is said of news only; `at`: when the newest urgent one came, which may have taken the place of another. */
  #show(count: number, urgent: boolean, at: number): void {
    const more = count > this.#count,
      alarm = urgent && at > this.#urgentAt;
    this.#urgentAt = at;
    if (count !== this.#count) void countWaiting().catch(() => undefined); // the next notice, or the next page, counts anew
    this.#count = count;
    const label = (this.getAttribute(count === 1 ? 'one' : 'many') ?? '').replace('{0}', String(count));
    this.querySelector('a')?.setAttribute('aria-label', label);
    const badge = this.querySelector<HTMLElement>('.p-count');
    if (badge) {
      badge.textContent = String(count);
      badge.hidden = count === 0;
    }
    if (!alarm) return void (more && announce(label));
    chime();
    void this.#tell().catch(() => announce(this.getAttribute('urgent') ?? label));
  }

  /** The urgent one, wherever the person is, but on its own page. */
  async #tell(): Promise<void> {
    const answer = await ask(this.getAttribute('list') ?? '', { headers: { Accept: 'application/json', 'X-Parceo-Live': '1' } });
    if (!answer.ok || answer.redirected) throw new Error('notices');
    const { notices } = (await answer.json()) as { notices: { text: string; about?: string | null; link: string; urgent: boolean }[] },
      first = notices.find(n => n.urgent);
    if (!first || first.link === location.pathname) return;
    document.dispatchEvent(
      new CustomEvent('parceo:toast', {
        detail: { message: first.about ? `${first.text} ${first.about}` : first.text, href: first.link, open: this.getAttribute('open') },
      }),
    );
  }
}

/** Two short notes, unless chime.ts says no. Silent until the person has touched the page: browsers ask for that. */
function chime(): void {
  if (!navigator.userActivation?.hasBeenActive || localStorage.getItem('parceo:chime') === 'off') return;
  const audio = new AudioContext();
  [0, 0.22].forEach((at, i) => {
    const [note, volume] = [audio.createOscillator(), audio.createGain()];
    note.frequency.value = i === 0 ? 660 : 880;
    volume.gain.setValueAtTime(0.15, audio.currentTime + at);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.2);
    note.connect(volume).connect(audio.destination);
    note.start(audio.currentTime + at);
    note.stop(audio.currentTime + at + 0.2);
    if (i === 1) note.onended = () => void audio.close();
  });
}

customElements.define('parceo-bell', Bell);
customElements.define('parceo-live', Live);
