import { announce, text } from './page';

const SPOKEN = [60, 30, 10];

/** `<parceo-countdown ends now total label>`: time left before `ends`, by the server's clock (`now` at drawing), in its [data-left]; --v is the share left. */
class Countdown extends HTMLElement {
  static readonly observedAttributes = ['ends', 'now'];
  #timer = 0;
  #skew = 0;
  #last = Infinity;

  connectedCallback(): void {
    this.#start();
  }
  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }
  attributeChangedCallback(): void {
    if (this.isConnected) this.#start();
  }

  #start(): void {
    clearTimeout(this.#timer);
    const now = Date.parse(this.getAttribute('now') ?? '');
    // On a fresh page the clock was read when the answer began, not when scripts ran; later, in a fragment just fetched.
    const navigation = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined;
    const read = navigation && document.readyState !== 'complete' ? performance.timeOrigin + navigation.responseStart : Date.now();
    this.#skew = Number.isNaN(now) ? 0 : read - now;
    this.#last = Infinity;
    this.#draw();
  }

  #draw(): void {
    const ms = Date.parse(this.getAttribute('ends') ?? '') - (Date.now() - this.#skew);
    const left = Math.max(0, Math.ceil(ms / 1000)),
      total = Number(this.getAttribute('total'));
    const target = this.querySelector('[data-left]');
    if (target) target.textContent = clock(left);
    if (total > 0) this.style.setProperty('--v', String(Math.min(1, left / total)));
    this.querySelector('[role=timer]')?.setAttribute('aria-label', text('TimeLeft', words(left)));

    const label = this.getAttribute('label');
    for (const mark of SPOKEN) {
      if (this.#last > mark && left <= mark && left > mark - 3 && this.#last !== Infinity)
        announce([label, text('TimeLeft', words(left))].filter(Boolean).join(' : '));
    }
    if (left === 0) {
      if (this.#last !== 0 && this.#last !== Infinity) {
        announce([label, text('TimeOver')].filter(Boolean).join(' : '));
        this.dispatchEvent(new CustomEvent('parceo:time-out', { bubbles: true }));
      }
      this.#last = 0;
      return;
    }
    this.#last = left;
    this.#timer = window.setTimeout(() => this.#draw(), ms % 1000 || 1000);
  }
}

function clock(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const h = Math.floor(seconds / 3600),
    m = Math.floor(seconds / 60) % 60,
    s = seconds % 60;
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

function words(seconds: number): string {
  const m = Math.floor(seconds / 60),
    s = seconds % 60;
  return m === 0 ? text('Seconds', s) : s === 0 ? text('Minutes', m) : text('MinutesAndSeconds', m, s);
}

export const startCountdowns = (): void => customElements.define('parceo-countdown', Countdown);
