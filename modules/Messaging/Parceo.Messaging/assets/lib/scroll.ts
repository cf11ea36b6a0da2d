// The thread grows from its foot: the scroller is laid out in reverse, so 0 is the newest and what is put above moves nothing.
const NEAR_FOOT = 48,
  NEAR_END = 700;

export class Scroll {
  constructor(readonly box: HTMLElement) {
    box.style.overflowAnchor = 'none';
  } // we do it, the same everywhere

  get fromFoot(): number {
    return Math.abs(this.box.scrollTop);
  }
  get atFoot(): boolean {
    return this.fromFoot < NEAR_FOOT;
  }
  get nearFoot(): boolean {
    return this.fromFoot < NEAR_END;
  }
  get nearTop(): boolean {
    return this.box.scrollHeight - this.box.clientHeight - this.fromFoot < NEAR_END;
  }

  toFoot(): void {
    this.box.scrollTop = 0;
  }

  /** Changes the rows and leaves what is read where it is; at the foot, stays at the foot. */
  keep(change: () => void): void {
    if (this.atFoot) {
      change();
      this.toFoot();
      return;
    }
    const top = this.box.getBoundingClientRect().top;
    const rows = [...this.box.querySelectorAll<HTMLElement>('ol > li')],
      seen = rows.findIndex(r => r.getBoundingClientRect().bottom > top);
    const places = rows.slice(Math.max(0, seen), seen + 5).map(r => [r, r.getBoundingClientRect().top] as const);
    change();
    const kept = places.find(([r]) => r.isConnected);
    if (kept) this.box.scrollTop += kept[0].getBoundingClientRect().top - kept[1];
  }
}
