import { Connection } from '@parceo/ui/connection';
import { ask, endedBy, sessionEnded } from '@parceo/ui/session';
import { Refused, command, type Ack, type Entry, type Posting } from './wire';

const ANSWER_MS = 10_000,
  LOOK_MS = 60_000;

/** Codes after which the same posting may be sent again. */
const TRY_AGAIN = /messaging_busy|concurrent_change|not_signed_in|too_many_requests/;

/** Asks and posts: over the page's connection to `/hubs/messaging` while it answers, over HTTP otherwise. `look` is called whenever something may have been missed, and every minute. */
export class Link {
  readonly #connection: Connection;

  constructor(
    url: string,
    private readonly api: string,
    look: () => void,
    changed: () => void,
  ) {
    let looked = 0;
    const now = (): void => {
      looked = Date.now();
      look();
    };
    this.#connection = Connection.of(url);
    this.#connection.add({ connected: now, look: now, changed, shown: true });
    setInterval(() => {
      if (!document.hidden && Date.now() - looked >= LOOK_MS) now();
    }, LOOK_MS / 12);
  }

  /** There is use in sending. */
  get ready(): boolean {
    return this.#connection.ready;
  }

  on(push: string, heard: (...args: never[]) => void): void {
    this.#connection.on(push, heard);
  }

  async post(p: Posting): Promise<Ack> {
    if (this.#connection.connected) return this.#ask<Ack>('Post', command(p));
    const { conversationId, ...rest } = command(p);
    return await this.http<Ack>(`conversations/${String(conversationId)}/entries`, 'POST', rest);
  }

  /** Posts in the last moment of a page. */
  postAtUnload(p: Posting): void {
    const { conversationId, ...rest } = command(p);
    void ask(`${this.api}/conversations/${String(conversationId)}/entries`, {
      method: 'POST',
      keepalive: true,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(rest),
    }).catch(() => undefined);
  }

  after(conversationId: string, seq: number): Promise<{ entries: Entry[]; last: number }> {
    return this.#connection.answers
      ? this.#ask('After', conversationId, seq, 200)
      : this.http(`conversations/${conversationId}/entries?after=${seq}&limit=200`);
  }

  async since(conversationId: string, seq: number): Promise<boolean> {
    const known = [{ conversationId, seq }];
    const more = await (this.#connection.answers
      ? this.#ask<unknown[]>('Since', known)
      : this.http<unknown[]>('missed', 'POST', { known }));
    return more.length > 0;
  }

  async read(conversationId: string, seq: number): Promise<void> {
    await (this.#connection.connected
      ? this.#ask('Read', conversationId, seq)
      : this.http(`conversations/${conversationId}/read`, 'POST', { seq }));
  }

  /** Small talk: lost when there is no connection. */
  say(method: 'Typing' | 'Watch', conversationId: string | null): void {
    this.#connection.send(method, conversationId);
  }

  async http<T>(path: string, method = 'GET', body?: unknown, signal?: AbortSignal, headers: Record<string, string> = {}): Promise<T> {
    let answer: Response;
    try {
      const file = body instanceof Blob;
      answer = await ask(`${this.api}/${path}`, {
        method,
        signal: signal ?? AbortSignal.timeout(ANSWER_MS * (file ? 30 : 1)),
        headers: {
          Accept: 'application/json',
          ...(body !== undefined && { 'Content-Type': file ? 'application/octet-stream' : 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: file ? body : JSON.stringify(body) }),
      });
    } catch (e) {
      if (!signal?.aborted) this.#connection.reached(false);
      throw e;
    }
    this.#connection.reached(true);
    if (endedBy(answer)) throw new Error('not_signed_in');
    if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T;
    const {
      code = 'http',
      title,
      errors,
    } = (await answer.json().catch(() => ({}))) as { code?: string; title?: string; errors?: Record<string, string[]> };
    if (answer.status >= 500 || [408, 429].includes(answer.status) || TRY_AGAIN.test(code)) throw new Error(code);
    throw new Refused(code, Object.values(errors ?? {})[0]?.[0] ?? title);
  }

  async #ask<T>(method: string, ...args: unknown[]): Promise<T> {
    let timer = 0;
    try {
      const answer = await Promise.race([
        this.#connection.invoke<T>(method, ...args),
        new Promise<never>((_, no) => {
          timer = window.setTimeout(() => no(new Error('timeout')), ANSWER_MS);
        }),
      ]);
      this.#connection.reached(true);
      return answer;
    } catch (e) {
      const code = /HubException: ([a-z_]+)/.exec(e instanceof Error ? e.message : '')?.[1];
      if (code === 'not_signed_in') sessionEnded();
      if (code && !TRY_AGAIN.test(code)) throw new Refused(code);
      if (!code) this.#connection.reached(false);
      throw e;
    } finally {
      clearTimeout(timer);
    }
  }
}
