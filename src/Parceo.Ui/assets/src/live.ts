import { HttpTransportType, HubConnection, HubConnectionBuilder, HubConnectionState, LogLevel } from '@microsoft/signalr';
import { FragmentError, fragment } from './lib/fragment';
import { morph } from './lib/morph';
import { announce, focusMoved, icon, make, ownUrl, text } from './lib/page';

const BURST_MS = 60,
  POLL_MS = 5000,
  SPOKEN_EVERY_MS = 5000;

type State = 'on' | 'reconnecting' | 'off';

/** One connection per hub, whatever the regions; it never gives up. */
class Hub {
  static readonly all = new Map<string, Hub>();
  readonly regions = new Set<Live>();
  readonly #connection: HubConnection;
  #poll = 0;
  #stopped = false;
  #reached = true;
  #whole = true; // false: the node hears nothing of the others, so signals tell a part only

  static of(url: string): Hub {
    let hub = Hub.all.get(url);
    if (!hub) Hub.all.set(url, (hub = new Hub(url)));
    return hub;
  }

  constructor(url: string) {
    this.#connection = new HubConnectionBuilder()
      .withUrl(ownUrl(url).href, {
        transport: HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling,
      })
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: c => wait(c.previousRetryCount) })
      .configureLogging(LogLevel.None)
      .build();
    this.#connection.onreconnecting(() => this.#down());
    this.#connection.onclose(() => this.#down());
    this.#connection.onreconnected(() => void this.#up());
    this.#connection.on('live', (whole: boolean) => {
      this.#whole = whole;
      this.#watch();
      if (whole || this.regions.size) this.#look();
    });
    void this.start();
  }

  get connected(): boolean {
    return this.#connection.state === HubConnectionState.Connected;
  }
  // An open socket proves nothing while the network is cut or the last look failed: what is shown may be old.
  get state(): State {
    return this.connected && this.#whole && this.#reached && navigator.onLine
      ? 'on'
      : navigator.onLine && (this.connected || this.#reached)
        ? 'reconnecting'
        : 'off';
  }

  on(signal: string, heard: (...args: unknown[]) => void): void {
    this.#connection.on(signal, heard);
  }
  off(signal: string, heard: (...args: unknown[]) => void): void {
    this.#connection.off(signal, heard);
  }

  async start(): Promise<void> {
    this.#stopped = false;
    for (let tries = 0; !this.#stopped && this.#connection.state === HubConnectionState.Disconnected; tries++) {
      try {
        await this.#connection.start();
        await this.#up();
      } catch {
        this.#down();
        await new Promise(r => setTimeout(r, wait(tries)));
      }
    }
  }

  /** Before the page goes to the back-forward cache, which an open socket would forbid. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#watch();
    await this.#connection.stop();
  }

  async join(region: Live): Promise<void> {
    const method = region.getAttribute('join');
    if (this.connected && method) await this.#connection.invoke(method, ...(JSON.parse(region.getAttribute('args') ?? '[]') as unknown[]));
  }

  /** Whether the server answered the last fetch: it tells « Reconnexion… » from « Hors ligne ». */
  reached(yes: boolean): void {
    this.#reached = yes;
    tell();
  }

  async #up(): Promise<void> {
    this.#reached = true;
    this.#watch();
    // Join first, then look: nothing said in between is lost. A refused group leaves the region as drawn.
    for (const region of this.regions)
      await this.join(region).then(
        () => region.refresh(),
        () => undefined,
      );
  }

  #down(): void {
    this.#whole = true; // the next connection says
    this.#watch();
  }

  /** Looks again and again as long as signals may be missing. */
  #watch(): void {
    tell();
    const needed = !this.#stopped && !(this.connected && this.#whole);
    if (needed === this.#poll > 0) return;
    clearInterval(this.#poll);
    this.#poll = needed ? window.setInterval(() => this.#look(), this.regions.size ? POLL_MS : 6 * POLL_MS) : 0;
  }

  #look(): void {
    if (this.regions.size) {
      if (!document.hidden) this.regions.forEach(r => r.refresh());
    } else if (this.connected) void this.#connection.stop().then(() => this.start()); // a bell hears its number when it connects
  }
}

/** 0, 1, 2, 4, 8, then 10 s, a fifth at random: a whole centre must not come back in the same second. */
const wait = (tries: number): number => (tries === 0 ? 0 : Math.min(10_000, 500 * 2 ** tries) * (0.9 + Math.random() * 0.2));

function tell(): void {
  const all = [...Hub.all.values()].filter(h => h.regions.size > 0).map(h => h.state);
  const state: State = all.includes('off') ? 'off' : all.includes('reconnecting') ? 'reconnecting' : 'on';
  document.dispatchEvent(new CustomEvent<State>('parceo:live', { detail: state }));
}

let spokenAt = 0;

/** `<parceo-live id hub src on key join args hold-new>`: see Live.razor. */
class Live extends HTMLElement {
  #hub: Hub | undefined;
  #heard = (...args: unknown[]): void => {
    const key = this.getAttribute('key');
    if (key === null || args[0] === key) this.refresh();
  };
  #timer = 0;
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
    this.#hub = Hub.of(this.getAttribute('hub') ?? '');
    this.#hub.regions.add(this);
    this.#hub.on(this.getAttribute('on') ?? 'changed', this.#heard);
    if (this.#hub.connected)
      void this.#hub.join(this).then(
        () => this.refresh(),
        () => undefined,
      );
    tell();
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    this.#busy?.abort();
    this.#bar?.remove();
    this.#hub?.off(this.getAttribute('on') ?? 'changed', this.#heard);
    this.#hub?.regions.delete(this);
    this.#hub = undefined;
  }

  /** Looks again soon; signals of a burst make one look. */
  refresh(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#look(), BURST_MS);
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

  /** Signed out, or no longer allowed: asking again would only be refused again. */
  #leave(): void {
    const hub = this.#hub;
    hub?.off(this.getAttribute('on') ?? 'changed', this.#heard);
    hub?.regions.delete(this);
    document.dispatchEvent(new CustomEvent<State>('parceo:live', { detail: 'off' }));
  }
}

addEventListener('pagehide', () => Hub.all.forEach(h => void h.stop()));
addEventListener('pageshow', e => {
  if (e.persisted) Hub.all.forEach(h => void h.start());
});
addEventListener('online', () => {
  tell();
  Hub.all.forEach(h => h.regions.forEach(r => r.refresh()));
});
addEventListener('offline', tell);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) Hub.all.forEach(h => h.regions.forEach(r => r.refresh()));
});

/** `<parceo-bell hub one many urgent>` around the link of the notices: its hub says how many wait, and whether one is urgent. */
class Bell extends HTMLElement {
  #hub: Hub | undefined;
  #count = Number(this.dataset['count'] ?? 0);
  #heard = (count: unknown, urgent: unknown): void => this.#show(Number(count), urgent === true);

  connectedCallback(): void {
    this.#hub = Hub.of(this.getAttribute('hub') ?? '');
    this.#hub.on('count', this.#heard);
  }

  disconnectedCallback(): void {
    this.#hub?.off('count', this.#heard);
  }

  #show(count: number, urgent: boolean): void {
    const more = count > this.#count;
    this.#count = count;
    const label = (this.getAttribute(count === 1 ? 'one' : 'many') ?? '').replace('{0}', String(count));
    this.querySelector('a')?.setAttribute('aria-label', label);
    const badge = this.querySelector<HTMLElement>('.p-count');
    if (badge) {
      badge.textContent = String(count);
      badge.hidden = count === 0;
    }
    if (!more) return;
    announce(urgent ? (this.getAttribute('urgent') ?? label) : label);
    if (urgent) chime();
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
