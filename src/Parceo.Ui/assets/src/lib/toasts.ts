import { announce, make } from './page';

const TOAST_MS = 10_000;

const timers = new WeakMap<HTMLElement, number>();

function run(toast: HTMLElement): void {
  const hold = (): void => clearTimeout(timers.get(toast));
  const arm = (): void => {
    hold();
    timers.set(
      toast,
      window.setTimeout(() => toast.remove(), TOAST_MS),
    );
  };
  const known = timers.has(toast);
  arm();
  if (known) return; // a soft act morphed the last message into this one: it has its own 10 s
  toast.addEventListener('pointerenter', hold);
  toast.addEventListener('pointerleave', arm);
  toast.addEventListener('focusin', hold);
  toast.addEventListener('focusout', arm);
}

/** Toasts drawn by the server leave after 10 s unless pointed at; `parceo:toast` ({ message, href and open for a way there }) shows one. */
export function startToasts(): void {
  const arrived = (): void => {
    for (const toast of document.querySelectorAll<HTMLElement>('[data-toast]')) {
      run(toast);
      announce(toast.querySelector('span')?.textContent ?? ''); // a status present at load is not read
    }
  };
  arrived();
  document.addEventListener('parceo:toasts', arrived);
  document.addEventListener('parceo:toast', e => {
    const { message, href, open } = (e as CustomEvent<{ message: string; href?: string; open?: string }>).detail;
    const place = document.getElementById('p-toasts');
    const toast = make(
      'div',
      { class: 'p-toast', 'data-toast': '', tabindex: '-1' },
      make('span', {}, message),
      ...(href ? [make('a', { href }, open ?? '')] : []),
    );
    place?.replaceChildren(toast);
    run(toast);
    announce(message);
  });
}
