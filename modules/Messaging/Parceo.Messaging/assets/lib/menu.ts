import { icon, make } from '@parceo/ui/page';
import type { Line } from './wire';
import { word } from './words';

export interface Action {
  act: string;
  label: string;
  icon: string;
  key?: string;
}

const EMOJIS = ['👍', '✅', '👀', '❤️', '😂', '🙏'];

/** One picture as people see it, no letters: what the server takes as a reaction. */
export function isEmoji(text: string): boolean {
  return (
    [...new Intl.Segmenter().segment(text)].length === 1 &&
    text.length <= 16 &&
    /^[^\p{L}\p{N}\s\p{ASCII}]/u.test(text) &&
    !/[\p{L}\p{Nd}]/u.test(text)
  );
}

/** What can be done with a message: reactions in a row, then the actions. */
export class Menu {
  readonly #box = make('div', { class: 'p-pop acts', popover: '', role: 'dialog', id: 'p-actes', 'aria-label': word('actions') });
  #from: HTMLElement | null = null;
  #done: ((act: string, emoji?: string) => void) | null = null;

  constructor(host: HTMLElement) {
    host.append(this.#box);
    this.#box.addEventListener('click', e => {
      const b = (e.target as Element).closest<HTMLElement>('[data-act]');
      if (b) this.#pick(b.dataset['act'] ?? '', b.dataset['emoji']);
    });
    this.#box.addEventListener('keydown', e => this.#key(e));
    this.#box.addEventListener('input', e => {
      const field = e.target as HTMLInputElement;
      if (isEmoji(field.value)) this.#pick('react', field.value);
    });
    this.#box.addEventListener('toggle', e => {
      if ((e as ToggleEvent).newState === 'closed' && this.#box.contains(document.activeElement)) this.#from?.focus();
    });
  }

  open(from: HTMLElement, actions: readonly Action[], done: (act: string, emoji?: string) => void): void {
    this.#from = from;
    this.#done = done;
    const other = make('input', {
      class: 'form-control',
      maxlength: '16',
      autocomplete: 'off',
      'aria-label': word('otherEmoji'),
      placeholder: '…',
    });
    this.#box.replaceChildren(
      make(
        'div',
        { class: 'emojis', role: 'group', 'aria-label': word('react') },
        ...EMOJIS.map(e => make('button', { type: 'button', 'data-act': 'react', 'data-emoji': e, 'aria-label': word('reactWith', e) }, e)),
        other,
      ),
      ...actions.map(d =>
        make(
          'button',
          { type: 'button', class: 'p-opt', 'data-act': d.act },
          icon(d.icon),
          make('span', { class: 'grow' }, d.label),
          ...(d.key ? [make('kbd', { class: 'hide-s', 'aria-hidden': 'true' }, d.key)] : []),
        ),
      ),
    );
    this.#box.showPopover();
    if (matchMedia('(min-width: 768px)').matches) {
      const at = from.getBoundingClientRect(),
        own = this.#box.getBoundingClientRect();
      this.#box.style.inset = `${Math.max(8, Math.min(at.bottom + 4, innerHeight - own.height - 8))}px auto auto ${Math.max(8, Math.min(at.right - own.width, innerWidth - own.width - 8))}px`;
    } else this.#box.style.inset = '';
    this.#box.querySelector<HTMLElement>('button')?.focus();
  }

  #pick(act: string, emoji?: string): void {
    const done = this.#done;
    this.#from?.focus();
    this.#box.hidePopover();
    done?.(act, emoji);
  }

  #key(e: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[e.key];
    if (!step || (e.target instanceof HTMLInputElement && e.target.value)) return;
    e.preventDefault();
    const all = [...this.#box.querySelectorAll<HTMLElement>('button, input')],
      row = all.indexOf(document.activeElement as HTMLElement);
    // ↓ leaves the row of reactions.
    const to =
      e.key === 'ArrowDown' && row < EMOJIS.length + 1
        ? EMOJIS.length + 1
        : e.key === 'ArrowUp' && row === EMOJIS.length + 1
          ? 0
          : row + step;
    all[(to + all.length) % all.length]?.focus();
  }
}

/** What this person may do with a message. */
export function actions(line: Line, me: string): Action[] {
  const mine = line.by === me;
  return [
    { act: 'reply', label: word('reply'), icon: 'message-plus', key: 'R' },
    ...(line.askedOf.includes(me) && !line.confirmedBy.includes(me) ? [{ act: 'confirm', label: word('confirm'), icon: 'checks' }] : []),
    ...(!line.takenBy
      ? [{ act: 'take', label: word('take'), icon: 'hand-stop' }]
      : line.takenBy === me
        ? [{ act: 'release', label: word('release'), icon: 'hand-stop' }]
        : []),
    ...(line.text ? [{ act: 'copy', label: word('copy'), icon: 'copy' }] : []),
    ...(mine
      ? [
          { act: 'edit', label: word('edit'), icon: 'edit', key: 'E' },
          { act: 'delete', label: word('delete'), icon: 'trash' },
        ]
      : []),
  ];
}
