import type { Store } from '@parceo/ui/sealed';
import { Refused, type Ack, type Posting } from './wire';

/** Sending: on its way. Kept: no answer, goes again by itself. Refused: never goes, its text stays. */
export type Sending = 'sending' | 'kept' | 'refused';

export interface Item extends Posting {
  order: number;
  state: Sending;
  reason?: string;
}

export interface Around {
  /** Of this person alone: another one at the same browser never sees or sends it. */
  store: Store;
  /** Throws {@link Refused} for a no; anything else means that nothing is known. */
  post: (item: Posting) => Promise<Ack>;
  /** False while there is no use in trying. */
  ready: () => boolean;
  changed: (conversationId: string) => void;
  acknowledged: (item: Item, ack: Ack) => void;
  later: (run: () => void, ms: number) => void;
}

const PREFIX = 'outbox:',
  FIRST_RETRY_MS = 2000,
  LAST_RETRY_MS = 30_000;

/**
 * What was posted and not yet acknowledged: kept in the browser, one key an item so that two tabs do not overwrite each
 * other; sent one after the other in each conversation, again and again with the same client id until the server answers.
 */
export class Outbox {
  readonly #around: Around;
  #items: Item[] = [];
  #busy = new Set<string>();
  #tries = new Map<string, number>();
  #order = 0;

  constructor(around: Around) {
    this.#around = around;
    for (let i = 0; i < around.store.length; i++) {
      const key = around.store.key(i);
      const item = key?.startsWith(PREFIX) ? read(around.store.getItem(key)) : null;
      if (item) this.#items.push({ ...item, state: item.state === 'refused' ? 'refused' : 'kept' });
    }
    this.#items.sort((a, b) => a.order - b.order);
    this.#order = this.#items.at(-1)?.order ?? 0;
  }

  of(conversationId: string): readonly Item[] {
    return this.#items.filter(i => i.conversationId === conversationId);
  }

  /** How many wait for the network, in all conversations. */
  get kept(): number {
    return this.#items.filter(i => i.state === 'kept').length;
  }

  add(posting: Posting): void {
    // Time first, so that items of another tab or an earlier visit stay before.
    this.#order = Math.max(this.#order + 1, Date.now());
    const item: Item = { ...posting, order: this.#order, state: this.#around.ready() ? 'sending' : 'kept' };
    this.#items.push(item);
    this.#save(item);
    this.#around.changed(item.conversationId);
    void this.#run(item.conversationId);
  }

  /** Tries everything that waits now. */
  retry(): void {
    this.#tries.clear();
    for (const id of new Set(this.#items.map(i => i.conversationId))) void this.#run(id);
  }

  discard(clientId: string): Item | undefined {
    const item = this.#items.find(i => i.clientId === clientId);
    if (item) this.#remove(item);
    return item;
  }

  async #run(conversationId: string): Promise<void> {
    if (this.#busy.has(conversationId)) return;
    this.#busy.add(conversationId);
    try {
      for (let item = this.#next(conversationId); item && this.#around.ready(); item = this.#next(conversationId)) {
        if (!(await this.#send(item))) return;
      }
      this.#mark(conversationId, 'sending', 'kept'); // what is left waits for the network
    } finally {
      this.#busy.delete(conversationId);
    }
  }

  #next(conversationId: string): Item | undefined {
    return this.#items.find(i => i.conversationId === conversationId && i.state !== 'refused');
  }

  /** True when the next one may go. */
  async #send(item: Item): Promise<boolean> {
    this.#set(item, 'sending');
    const { order: _, state: __, reason: ___, ...posting } = item;
    try {
      const ack = await this.#around.post(posting);
      this.#tries.delete(item.conversationId);
      this.#remove(item, false);
      this.#around.acknowledged(item, ack);
      return true;
    } catch (e) {
      if (e instanceof Refused) {
        this.#set(item, 'refused', e.code);
        return true;
      }
      this.#mark(item.conversationId, 'sending', 'kept');
      const tries = this.#tries.get(item.conversationId) ?? 0;
      this.#tries.set(item.conversationId, tries + 1);
      this.#around.later(() => void this.#run(item.conversationId), Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** tries));
      return false;
    }
  }

  #mark(conversationId: string, from: Sending, to: Sending): void {
    for (const i of this.#items) if (i.conversationId === conversationId && i.state === from) this.#set(i, to);
  }

  #set(item: Item, state: Sending, reason?: string): void {
    if (item.state === state) return;
    item.state = state;
    if (reason) item.reason = reason;
    this.#save(item);
    this.#around.changed(item.conversationId);
  }

  #save(item: Item): void {
    try {
      this.#around.store.setItem(PREFIX + item.clientId, JSON.stringify(item));
    } catch {
      /* storage is full or closed: it lives as long as the page */
    }
  }

  #remove(item: Item, tell = true): void {
    this.#items = this.#items.filter(i => i !== item);
    this.#around.store.removeItem(PREFIX + item.clientId);
    if (tell) this.#around.changed(item.conversationId);
  }
}

function read(json: string | null): Item | null {
  try {
    const item = JSON.parse(json ?? '') as Item;
    return typeof item.conversationId === 'string' && typeof item.clientId === 'string' && typeof item.order === 'number' ? item : null;
  } catch {
    return null;
  }
}
