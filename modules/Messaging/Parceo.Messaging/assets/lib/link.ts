import { HttpTransportType, HubConnection, HubConnectionBuilder, HubConnectionState, LogLevel } from '@parceo/ui/signalr';
import { ownUrl } from '@parceo/ui/page';
import { Refused, command, type Ack, type Entry, type Posting } from './wire';

const ANSWER_MS = 10_000,
  POLL_MS = 5000,
  LOOK_MS = 60_000;

/** Codes after which the same posting may be sent again. */
const TRY_AGAIN = /messaging_busy|concurrent_change|not_signed_in|too_many_requests/;

/** 0, 1, 2, 4, 8, then 10 s, a tenth at random: a whole community must not come back in the same second. */
const wait = (tries: number): number => (tries === 0 ? 0 : Math.min(10_000, 500 * 2 ** tries) * (0.9 + Math.random() * 0.2));

/**
 * The connection to `/hubs/messaging` and the door over HTTP beside it. It never gives up; `look` is called whenever
 * something may have been missed: after each connection, on waking, every minute, and every 5 s while pushes are missing.
 */
export class Link {
  readonly #hub: HubConnection;
  #whole = true;
  #stopped = true;
  #connecting: Promise<void> | null = null;
  #reached = true;
  #looked = Date.now();

  constructor(
    url: string,
    private readonly api: string,
    private readonly look: () => void,
    private readonly changed: () => void,
  ) {
    this.#hub = new HubConnectionBuilder()
      .withUrl(ownUrl(url).href, {
        transport: HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling,
      })
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: c => wait(c.previousRetryCount) })
      .configureLogging(LogLevel.None)
      .build();
    this.#hub.onreconnecting(() => this.#down());
    this.#hub.onclose(() => {
      this.#down();
      if (!this.#stopped) void this.start();
    });
    this.#hub.onreconnected(() => this.#up());
    this.#hub.on('live', (whole: boolean) => {
      this.#whole = whole;
      this.changed();
      this.#look();
    });
    setInterval(() => {
      if (this.#stopped || document.hidden) return;
      if (!this.live || Date.now() - this.#looked >= LOOK_MS) this.#look();
    }, POLL_MS);
    addEventListener('online', () => this.wake());
    addEventListener('offline', () => this.changed());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.wake();
    });
    addEventListener('pagehide', () => void this.stop());
    addEventListener('pageshow', e => {
      if (e.persisted) void this.start();
    });
  }

  get #connected(): boolean {
    return this.#hub.state === HubConnectionState.Connected;
  }
  /** Everything is pushed. An open socket proves nothing while the network is cut. */
  get live(): boolean {
    return this.#connected && this.#whole && this.#reached && navigator.onLine;
  }
  /** There is use in sending. */
  get ready(): boolean {
    return navigator.onLine && (this.#connected || this.#reached);
  }
  get state(): 'on' | 'reconnecting' | 'off' {
    return this.live ? 'on' : this.ready ? 'reconnecting' : 'off';
  }

  on(push: string, heard: (...args: never[]) => void): void {
    this.#hub.on(push, heard as (...args: unknown[]) => void);
  }

  async start(): Promise<void> {
    this.#stopped = false;
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = null;
    });
    await this.#connecting;
  }

  async #connect(): Promise<void> {
    for (let tries = 0; !this.#stopped && this.#hub.state === HubConnectionState.Disconnected; tries++) {
      try {
        await this.#hub.start();
        this.#up();
      } catch {
        this.#down();
        await new Promise(r => setTimeout(r, wait(tries + 1)));
      }
    }
  }

  /** Before the page goes to the back-forward cache, which an open socket would forbid. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#hub.stop();
  }

  /** After sleep or a cut: the socket may be dead without knowing it. */
  wake(): void {
    this.#reached = navigator.onLine;
    void this.start();
    this.changed();
    this.#look();
  }

  async post(p: Posting): Promise<Ack> {
    if (this.#connected) return this.#ask<Ack>('Post', command(p));
    const { conversationId, ...rest } = command(p);
    return await this.http<Ack>(`conversations/${String(conversationId)}/entries`, 'POST', rest);
  }

  /** Posts in the last moment of a page. */
  farewell(p: Posting): void {
    const { conversationId, ...rest } = command(p);
    void fetch(ownUrl(`${this.api}/conversations/${String(conversationId)}/entries`), {
      method: 'POST',
      keepalive: true,
      headers: { 'Content-Type': 'application/json', 'X-Parceo': '1' },
      body: JSON.stringify(rest),
    }).catch(() => undefined);
  }

  after(conversationId: string, seq: number): Promise<{ entries: Entry[]; last: number }> {
    return this.#connected && this.#reached
      ? this.#ask('After', conversationId, seq, 200)
      : this.http(`conversations/${conversationId}/entries?after=${seq}&limit=200`);
  }

  async since(conversationId: string, seq: number): Promise<boolean> {
    const known = [{ conversationId, seq }];
    const more = await (this.#connected && this.#reached
      ? this.#ask<unknown[]>('Since', known)
      : this.http<unknown[]>('missed', 'POST', { known }));
    return more.length > 0;
  }

  async read(conversationId: string, seq: number): Promise<void> {
    await (this.#connected ? this.#ask('Read', conversationId, seq) : this.http(`conversations/${conversationId}/read`, 'POST', { seq }));
  }

  /** Small talk: lost when there is no connection. */
  say(method: 'Typing' | 'Watch', conversationId: string | null): void {
    if (this.#connected) void this.#hub.send(method, conversationId).catch(() => undefined);
  }

  async http<T>(path: string, method = 'GET', body?: unknown, signal?: AbortSignal, headers: Record<string, string> = {}): Promise<T> {
    let answer: Response;
    try {
      const file = body instanceof Blob;
      answer = await fetch(ownUrl(`${this.api}/${path}`), {
        method,
        credentials: 'same-origin',
        signal: signal ?? AbortSignal.timeout(ANSWER_MS * (file ? 30 : 1)),
        headers: {
          Accept: 'application/json',
          'X-Parceo': '1',
          ...(body !== undefined && { 'Content-Type': file ? 'application/octet-stream' : 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: file ? body : JSON.stringify(body) }),
      });
    } catch (e) {
      if (!signal?.aborted) this.#met(false);
      throw e;
    }
    this.#met(true);
    if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T;
    const {
      code = 'http',
      title,
      errors,
    } = (await answer.json().catch(() => ({}))) as { code?: string; title?: string; errors?: Record<string, string[]> };
    if (answer.status >= 500 || [401, 408, 429].includes(answer.status) || TRY_AGAIN.test(code)) throw new Error(code);
    throw new Refused(code, Object.values(errors ?? {})[0]?.[0] ?? title);
  }

  async #ask<T>(method: string, ...args: unknown[]): Promise<T> {
    let timer = 0;
    try {
      const answer = await Promise.race([
        this.#hub.invoke<T>(method, ...args),
        new Promise<never>((_, no) => {
          timer = window.setTimeout(() => no(new Error('timeout')), ANSWER_MS);
        }),
      ]);
      this.#met(true);
      return answer;
    } catch (e) {
      const code = /HubException: ([a-z_]+)/.exec(e instanceof Error ? e.message : '')?.[1];
      if (code && !TRY_AGAIN.test(code)) throw new Refused(code);
      if (!code) this.#met(false);
      throw e;
    } finally {
      clearTimeout(timer);
    }
  }

  #met(yes: boolean): void {
    if (this.#reached === yes) return;
    this.#reached = yes;
    this.changed();
  }

  #up(): void {
    this.#reached = true;
    this.changed();
    this.#look();
  }

  #down(): void {
    this.#whole = true; // the next connection says
    this.changed();
  }

  #look(): void {
    this.#looked = Date.now();
    this.look();
  }
}
