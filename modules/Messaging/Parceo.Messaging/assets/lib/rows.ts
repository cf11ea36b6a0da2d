import type { Scroll } from './scroll';

/** One row of the thread as it should be: drawn again only when its look is another. */
export interface Row {
  key: string;
  look: string;
  draw: (node: HTMLElement) => void;
}

/** The rows on the page: each kept as the same node while its key stays, one of them at hand for the keyboard. */
export class Rows {
  #rows = new Map<string, { node: HTMLElement; look: string }>();
  #current = '';

  constructor(
    readonly list: HTMLOListElement,
    private readonly scroll: Scroll,
  ) {}

  get current(): string {
    return this.#current;
  }
  get nodes(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>('li[data-key]')];
  }
  has(key: string): boolean {
    return this.#rows.has(key);
  }
  node(key: string): HTMLElement | null {
    return this.#rows.get(key)?.node ?? null;
  }
  at(seq: number): HTMLElement | null {
    return this.list.querySelector(`li[data-seq="${seq}"]`);
  }

  /** Draws what changed, in its place. */
  show(rows: readonly Row[]): void {
    this.scroll.keep(() => {
      const keep = new Set(rows.map(r => r.key));
      for (const [key, row] of this.#rows)
        if (!keep.has(key)) {
          row.node.remove();
          this.#rows.delete(key);
        }
      let at: Element | null = this.list.firstElementChild;
      for (const wanted of rows) {
        let row = this.#rows.get(wanted.key);
        if (!row) this.#rows.set(wanted.key, (row = { node: document.createElement('li'), look: '' }));
        if (row.node === at) at = at.nextElementSibling;
        else this.list.insertBefore(row.node, at);
        if (row.look !== wanted.look) {
          row.look = wanted.look;
          this.#redraw(row.node, wanted.draw);
        }
      }
    });
    if (!this.#rows.has(this.#current)) this.#current = '';
    const last = this.nodes.at(-1);
    if (!this.#current && last) this.makeCurrent(last);
  }

  makeCurrent(row: HTMLElement): void {
    const old = this.#rows.get(this.#current)?.node;
    if (old && old !== row) this.reach(old, false);
    this.#current = row.dataset['key'] ?? '';
    this.reach(row, true);
  }

  /** Tab goes to the message at hand and what is done with it; J, K and arrows to the others. */
  reach(row: HTMLElement, yes = row.dataset['key'] === this.#current): void {
    row.tabIndex = yes ? 0 : -1;
    row.querySelectorAll<HTMLElement>('.do button').forEach(b => {
      b.tabIndex = row.tabIndex;
    });
  }

  /** The row before or after; the one at hand when none is given; null at the ends. */
  beside(row: HTMLElement | null, by: 1 | -1): HTMLElement | null {
    const rows = this.nodes;
    return (row ? rows[rows.indexOf(row) + by] : rows.find(r => r.dataset['key'] === this.#current)) ?? null;
  }

  #redraw(node: HTMLElement, draw: (node: HTMLElement) => void): void {
    const focused = node.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
    draw(node);
    if (!focused || focused === node || focused.isConnected) return;
    const act = focused.dataset['act'],
      emoji = focused.dataset['emoji'];
    (
      node.querySelector<HTMLElement>(emoji ? `[data-emoji="${CSS.escape(emoji)}"]` : `[data-act="${CSS.escape(act ?? '')}"]`) ?? node
    ).focus({ preventScroll: true });
  }
}
