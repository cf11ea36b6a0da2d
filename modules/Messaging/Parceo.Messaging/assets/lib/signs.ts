import { announce } from '@parceo/ui/page';
import { event, snippet, writer, type Scene } from './lines';
import { lineOf } from './thread';
import type { Entry, Line } from './wire';
import { count, word } from './words';

const TYPED_MS = 5000,
  SPEAK_MS = 700;

/** Who writes just now. */
export class Typists {
  #at = new Map<string, number>();
  #timer = 0;

  constructor(
    private readonly place: HTMLElement,
    private readonly name: (id: string) => string,
  ) {}

  typed(person: string): void {
    this.#at.set(person, Date.now());
    this.show();
    clearInterval(this.#timer);
    this.#timer = window.setInterval(() => this.show(), 1000);
  }

  stopped(person: string): void {
    this.#at.delete(person);
  }

  show(): void {
    for (const [id, at] of this.#at) if (Date.now() - at > TYPED_MS) this.#at.delete(id);
    if (this.#at.size === 0) clearInterval(this.#timer);
    const names = [...this.#at.keys()].map(this.name);
    this.place.textContent =
      names.length === 0 ? '' : names.length === 1 ? word('typing', names[0] ?? '') : word('typingMany', names.slice(0, 3).join(', '));
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

/** Marks who is connected, wherever they are named. */
export function present(people: readonly string[], me: string): void {
  const there = new Set(people);
  for (const e of document.querySelectorAll<HTMLElement>('[data-person]')) {
    const on = there.has(e.dataset['person'] ?? '') && e.dataset['person'] !== me;
    e.classList.toggle('on', on);
    const spoken = e.querySelector('.there');
    if (spoken) spoken.textContent = on ? word('present') : '';
  }
}

/** Says what came, once for a burst and without taking the focus. */
export class Speaker {
  #heard: Line[] = [];
  #timer = 0;

  constructor(private readonly scene: () => Scene) {}

  say(news: readonly Entry[]): void {
    if (news.length === 0 || document.hidden) return;
    this.#heard.push(...news.map(e => lineOf(e, [])));
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      const [first, ...rest] = this.#heard,
        scene = this.scene();
      this.#heard = [];
      if (!first) return;
      announce(
        rest.length > 0
          ? count('new', rest.length + 1)
          : first.kind === 'message'
            ? `${first.priority ? `${word('priority')}. ` : ''}${writer(scene, first)}\u00A0: ${snippet(first)}`
            : event(first, scene),
      );
    }, SPEAK_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
