import { make } from '@parceo/ui/page';
import type { Link } from './link';
import type { Outbox } from './outbox';
import type { Posting } from './wire';
import { word } from './words';

const UNDO_MS = 10_000;

/** Deletions are sent after 10 s in which they can be taken back: what is deleted is gone for good. */
export class Deletions {
  #leaving = new Map<number, { posting: Posting; timer: number; toast: HTMLElement }>();

  constructor(
    private readonly conversationId: string,
    private readonly outbox: Outbox,
    private readonly link: Link,
    private readonly changed: (kept?: number) => void,
  ) {}

  has(seq: number): boolean {
    return this.#leaving.has(seq);
  }

  add(seq: number): void {
    const form = make('form', {}, make('button', {}, word('undo')));
    const toast = make(
      'div',
      { class: 'p-toast', 'data-toast': '', tabindex: '-1', role: 'status' },
      make('span', {}, word('deletedToast')),
      form,
    );
    const posting: Posting = { conversationId: this.conversationId, clientId: crypto.randomUUID(), kind: 'delete', target: seq };
    const timer = window.setTimeout(() => this.#go(seq), UNDO_MS);
    this.#leaving.set(seq, { posting, timer, toast });
    form.addEventListener('submit', e => {
      e.preventDefault();
      e.stopPropagation();
      clearTimeout(timer);
      this.#leaving.delete(seq);
      toast.remove();
      this.changed(seq);
    });
    document.getElementById('p-toasts')?.replaceChildren(toast);
    document.dispatchEvent(new CustomEvent('parceo:toasts'));
    this.changed();
  }

  #go(seq: number): void {
    const leaving = this.#leaving.get(seq);
    if (!leaving) return;
    this.#leaving.delete(seq);
    clearTimeout(leaving.timer);
    leaving.toast.remove();
    this.outbox.add(leaving.posting);
    this.changed();
  }

  /** The page goes: what was deleted stays deleted. */
  flush(): void {
    for (const [seq, { posting }] of this.#leaving) {
      this.#go(seq);
      this.link.postAtUnload(posting);
    }
  }
}
