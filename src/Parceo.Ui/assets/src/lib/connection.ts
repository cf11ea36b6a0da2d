import {
  DefaultHttpClient,
  HttpError,
  HttpTransportType,
  HubConnection,
  HubConnectionBuilder,
  HubConnectionState,
  LogLevel,
  NullLogger,
  type HttpRequest,
  type HttpResponse,
} from '@microsoft/signalr';
import { ownUrl } from './page';
import { named, nowhere, organisationChanged, sessionEnded } from './session';
import { wait } from './wait';

const POLL_MS = 5000;

/** « on »: all is pushed. « reconnecting »: the network is there, something may be missing. « off »: it is not. An ended session is no state: the page goes (session.ts). */
export type State = 'on' | 'reconnecting' | 'off';

/** Who listens to a connection. */
export interface Part {
  /** The hub answers, for the first time or again. */
  connected: () => void;
  /** Something may have been missed: on waking, and every 5 s while pushes are missing. */
  look: () => void;
  /** The state may be another. */
  changed?: () => void;
  /** Counts for the state that the page shows. */
  shown: boolean;
}

/** SignalR hides the status of a refused negotiation in a sentence. */
class Asking extends DefaultHttpClient {
  override async send(request: HttpRequest): Promise<HttpResponse> {
    try {
      return await super.send(request);
    } catch (e) {
      if (e instanceof HttpError && e.statusCode === 401) sessionEnded();
      if (e instanceof HttpError && e.statusCode === 409) organisationChanged();
      throw e;
    }
  }
}

/** One connection per hub and page, whoever listens; it never gives up but when the session ends. */
export class Connection {
  static readonly #all = new Map<string, Connection>();
  readonly #hub: HubConnection;
  readonly #parts = new Set<Part>();
  #whole = true; // false: the node hears nothing of the others, so signals tell a part only
  #reached = true;
  #stopped = true;
  #connecting: Promise<void> | null = null;

  static of(url: string): Connection {
    let known = Connection.#all.get(url);
    if (!known) Connection.#all.set(url, (known = new Connection(url)));
    return known;
  }

  /** What the page shows of all of them: the worst. */
  static tell(): void {
    if (nowhere) return;
    const all = [...Connection.#all.values()].filter(c => [...c.#parts].some(p => p.shown)).map(c => c.state);
    const state: State = all.includes('off') ? 'off' : all.includes('reconnecting') ? 'reconnecting' : 'on';
    document.dispatchEvent(new CustomEvent<State>('parceo:live', { detail: state }));
  }

  private constructor(url: string) {
    this.#hub = new HubConnectionBuilder()
      .withUrl(ownUrl(url).href, {
        transport: HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling,
        httpClient: new Asking(NullLogger.instance),
        headers: { ...named },
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
      this.#changed();
      this.#look();
    });
    setInterval(() => {
      if (!this.#stopped && !this.live && !document.hidden) this.#look();
    }, POLL_MS);
    addEventListener('online', () => this.#wake());
    addEventListener('offline', () => this.#changed());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#wake();
    });
    // An open socket would forbid the back-forward cache.
    addEventListener('pagehide', () => void this.stop());
    addEventListener('pageshow', e => {
      if (e.persisted) void this.start();
    });
    document.addEventListener('parceo:ended', () => void this.stop());
    document.addEventListener('parceo:back', () => this.#wake());
    void this.start();
  }

  get connected(): boolean {
    return this.#hub.state === HubConnectionState.Connected;
  }
  /** Everything is pushed. An open socket proves nothing while the network is cut or the last question failed. */
  get live(): boolean {
    return this.connected && this.#whole && this.#reached && navigator.onLine;
  }
  /** There is use in asking. */
  get ready(): boolean {
    return navigator.onLine && (this.connected || this.#reached);
  }
  get state(): State {
    return this.live ? 'on' : this.ready ? 'reconnecting' : 'off';
  }

  /** Whether the server answered the last question over the hub, so that one may ask there again. */
  get answers(): boolean {
    return this.connected && this.#reached;
  }

  add(part: Part): void {
    this.#parts.add(part);
    if (this.connected) part.connected();
    Connection.tell();
  }
  remove(part: Part): void {
    this.#parts.delete(part);
    Connection.tell();
  }

  on(signal: string, heard: (...args: never[]) => void): void {
    this.#hub.on(signal, heard as (...args: unknown[]) => void);
  }
  off(signal: string, heard: (...args: never[]) => void): void {
    this.#hub.off(signal, heard as (...args: unknown[]) => void);
  }
  invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    return this.#hub.invoke<T>(method, ...args);
  }
  send(method: string, ...args: unknown[]): void {
    if (this.connected) void this.#hub.send(method, ...args).catch(() => undefined);
  }

  /** Whether the server answered: it tells « Reconnexion… » from « Hors ligne ». */
  reached(yes: boolean): void {
    if (this.#reached === yes) return;
    this.#reached = yes;
    this.#changed();
  }

  async start(): Promise<void> {
    if (nowhere) return; // no hub tells them anything
    this.#stopped = false;
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = null;
    });
    await this.#connecting;
  }

  /** Connects anew, for what is told at each connection. */
  again(): void {
    void this.#hub.stop();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#hub.stop();
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

  /** After sleep or a cut: the socket may be dead without knowing it. */
  #wake(): void {
    this.#reached = navigator.onLine;
    void this.start();
    this.#changed();
    this.#look();
  }

  #up(): void {
    this.#reached = true;
    this.#changed();
    this.#parts.forEach(p => p.connected());
  }

  #down(): void {
    this.#whole = true; // the next connection says
    this.#changed();
  }

  #look(): void {
    this.#parts.forEach(p => p.look());
  }

  #changed(): void {
    this.#parts.forEach(p => p.changed?.());
    Connection.tell();
  }
}
