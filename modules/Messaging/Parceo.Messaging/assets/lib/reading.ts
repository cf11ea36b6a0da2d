import type { Link } from './link';

const READ_MS = 400;

/** How far this person has read a conversation, said to the server a moment after it is so. */
export class Reading {
  #timer = 0;

  /** `seen`: the entry up to which all is in sight now; null when it is not. */
  constructor(
    private readonly id: string,
    private readonly link: Link,
    public upTo: number,
    private readonly seen: () => number | null,
    signal: AbortSignal,
  ) {
    document.addEventListener('visibilitychange', () => this.look(), { signal });
    addEventListener('focus', () => this.look(), { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  get watched(): boolean {
    return !document.hidden && document.hasFocus();
  }

  /** On another device, or by writing here. */
  reached(seq: number): void {
    this.upTo = Math.max(this.upTo, seq);
  }

  look(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      const seq = this.watched ? this.seen() : null;
      if (seq === null || seq <= this.upTo) return;
      this.upTo = seq;
      this.link.read(this.id, seq).catch(() => {
        this.upTo = Math.min(this.upTo, seq - 1);
      });
    }, READ_MS);
  }
}
