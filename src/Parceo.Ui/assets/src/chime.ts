/**
 * `<parceo-chime for="region"><button hidden>Son</button></parceo-chime>`: two soft notes when an element with [data-chime] appears in the region.
 * Off until its button was pressed (browsers play nothing before a gesture); the choice stays with the browser.
 */
class Chime extends HTMLElement {
  #known = new Set<string>();
  #observer: MutationObserver | undefined;
  #audio: AudioContext | undefined;

  connectedCallback(): void {
    const region = document.getElementById(this.getAttribute('for') ?? ''), button = this.querySelector('button');
    if (!region || !button) return;
    const ids = (): string[] => [...region.querySelectorAll('[data-chime]')].map(e => e.id);
    this.#known = new Set(ids());
    this.#observer = new MutationObserver(() => {
      const now = ids();
      if (now.some(id => !this.#known.has(id))) this.#play();
      this.#known = new Set(now);
    });
    this.#observer.observe(region, { childList: true, subtree: true });
    button.hidden = false;
    button.setAttribute('aria-pressed', String(this.#on));
    button.onclick = () => {
      localStorage.setItem('parceo:chime', this.#on ? 'off' : 'on');
      button.setAttribute('aria-pressed', String(this.#on));
      if (this.#on) this.#play();
    };
  }

  disconnectedCallback(): void { this.#observer?.disconnect(); }

  get #on(): boolean { return localStorage.getItem('parceo:chime') === 'on'; }

  #play(): void {
    if (!this.#on) return;
    const audio = this.#audio ??= new AudioContext();
    void audio.resume();
    [660, 880].forEach((hertz, i) => {
      const note = audio.createOscillator(), volume = audio.createGain(), at = audio.currentTime + i * 0.18;
      note.frequency.value = hertz;
      volume.gain.setValueAtTime(0.15, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.35);
      note.connect(volume).connect(audio.destination);
      note.start(at);
      note.stop(at + 0.35);
    });
  }
}

customElements.define('parceo-chime', Chime);
