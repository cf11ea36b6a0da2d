import type { Link } from './link';
import type { Thread } from './thread';
import { Refused, type Entry } from './wire';

const FAR = 1000;

/** Fetches what was missed of a conversation; one fetch at a time (docs/messaging-protocol.md §4). */
export class Follow {
  #fetching: Promise<void> | null = null;
  #again = false;

  constructor(
    private readonly link: Link,
    private readonly thread: Thread,
    private readonly over: AbortSignal,
    private readonly on: { took: (entries: Entry[]) => void; far: () => Promise<void>; removed: () => void },
  ) {}

  async now(): Promise<void> {
    if (this.#fetching) {
      this.#again = true;
      return this.#fetching;
    }
    this.#fetching = this.#fetch();
    try {
      await this.#fetching;
    } finally {
      this.#fetching = null;
    }
    if (this.#again) {
      this.#again = false;
      return this.now();
    }
  }

  async #fetch(): Promise<void> {
    const { thread, link } = this;
    try {
      if (!(await link.since(thread.id, thread.last))) return;
      for (let whole = false; !whole && !this.over.aborted;) {
        const from = thread.last,
          answer = await link.after(thread.id, from);
        if (answer.last - from > FAR) return await this.on.far(); // away for long: the end is what counts
        whole = answer.entries.length < 200 || (answer.entries.at(-1)?.seq ?? 0) >= answer.last;
        const fresh = answer.entries.filter(e => e.seq > thread.last);
        thread.fill(fresh, whole ? answer.last : 0);
        if (fresh.length > 0) this.on.took(fresh);
      }
    } catch (e) {
      if (e instanceof Refused && e.code === 'conversation_unknown') this.on.removed();
      // Anything else: the next look asks again.
    }
  }
}
