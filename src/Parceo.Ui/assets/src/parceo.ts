// On every page: theme, toasts, shortcuts, countdowns, live state, and small manners. Islands load apart, where they stand.
import { startCountdowns } from './lib/countdown';
import { startHotkeys } from './lib/hotkeys';
import { icon, make, ownUrl, placeFocus, text } from './lib/page';
import { watchOtherTabs } from './lib/session';
import { startToasts } from './lib/toasts';
import { startUnsent } from './lib/unsent';
import { showWaiting } from './lib/waiting';

const closest = (e: Event, selector: string): HTMLElement | null =>
  e.target instanceof Element ? e.target.closest<HTMLElement>(selector) : null;

// Theme: the form works by itself; here the page changes without a reload.
document.addEventListener('submit', e => {
  const form = e.target as HTMLFormElement,
    choice = (e.submitter as HTMLButtonElement | null)?.value;
  if (!form.matches('[data-theme-switch]') || !choice) return;
  e.preventDefault();
  const root = document.documentElement,
    known = choice === 'light' || choice === 'dark';
  if (known) root.dataset['bsTheme'] = choice;
  else delete root.dataset['bsTheme'];
  document.cookie = `parceo-theme=${known ? choice : ''}; path=/; max-age=${known ? 31_536_000 : 0}; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
  form.querySelectorAll('button').forEach(b => b.setAttribute('aria-pressed', String(b.value === choice)));
});

// One act, one request: a second click waits for the page to come.
document.addEventListener('submit', e => {
  const form = e.target as HTMLFormElement;
  if (e.defaultPrevented || form.method !== 'post' || form.matches('[data-soft]')) return; // soft ones count their own
  if (form.dataset['sent'] !== undefined) return e.preventDefault();
  form.dataset['sent'] = '';
  e.submitter?.setAttribute('aria-disabled', 'true');
});
addEventListener('pageshow', () =>
  document.querySelectorAll<HTMLFormElement>('form[data-sent]').forEach(form => {
    delete form.dataset['sent'];
    form.querySelectorAll('[aria-disabled]').forEach(b => b.removeAttribute('aria-disabled'));
  }),
);

// Sheets and dialogs: a dialog that a button names.
document.addEventListener('click', e => {
  const opener = closest(e, '[data-dialog]'),
    closer = closest(e, '[data-close]');
  if (opener) (document.getElementById(opener.dataset['dialog'] ?? '') as HTMLDialogElement | null)?.showModal();
  closer?.closest('dialog')?.close();
  if (e.target instanceof HTMLDialogElement) e.target.close(); // its backdrop
});

// Copying: what the button holds, said to eyes and ears. Without a secure origin browsers give no clipboard.
document.addEventListener('click', e => {
  const copied = closest(e, '[data-copy]')?.dataset['copy'];
  if (copied === undefined) return;
  const say = (message: string): void => void document.dispatchEvent(new CustomEvent('parceo:toast', { detail: { message } }));
  const done = (navigator.clipboard as Clipboard | undefined)?.writeText(copied) ?? Promise.reject(new Error('no clipboard'));
  done.then(
    () => say(text('Copied', copied.split('\n')[0] ?? '')),
    () => say(text('NotCopied')),
  );
});

// What prints the page.
document.addEventListener('click', e => {
  if (closest(e, '[data-print]')) print();
});

// What was held and whose time is out is held no longer: its bar says so, and Enter does what is offered instead.
document.addEventListener('parceo:time-out', e => {
  const bar = closest(e, '.p-hold'),
    instead = bar?.querySelector<HTMLButtonElement>('.over button'),
    first = bar?.closest('form')?.querySelector<HTMLButtonElement>('button');
  if (!bar || !instead || !first) return;
  const onButton = document.activeElement?.matches('.p-hold > .held *') === true;
  bar.toggleAttribute('data-over', true);
  [first.name, first.value] = [instead.name, instead.value];
  if (onButton) instead.focus();
});

// Steppers.
document.addEventListener('click', e => {
  const button = closest(e, '[data-step]'),
    input = button?.closest('[data-stepper]')?.querySelector('input');
  if (!button || !input) return;
  if (button.dataset['step'] === '1') input.stepUp();
  else input.stepDown();
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
});

// The next page is asked for when the pointer or the focus reaches a link that says so; never others, since reading a record leaves a trace.
const asked = new Set<string>();
function prefetch(e: Event): void {
  const link = closest(e, 'a[data-prefetch]') as HTMLAnchorElement | null;
  if (!link || link.origin !== location.origin || link.getAttribute('aria-current') || asked.has(link.href)) return;
  asked.add(link.href);
  document.head.append(make('link', { rel: 'prefetch', href: link.href }));
}
document.addEventListener('pointerover', prefetch, { passive: true });
document.addEventListener('focusin', prefetch);

// A page left for one that takes no part in the transition: nothing failed, nothing to report.
for (const moment of ['pageswap', 'pagereveal'] as const) {
  addEventListener(moment, e => {
    const transition = (e as Event & { viewTransition?: ViewTransition | null }).viewTransition;
    for (const step of [transition?.ready, transition?.finished, transition?.updateCallbackDone]) step?.catch(() => undefined);
  });
}

// Live state, told by the live island.
const states = { on: ['access-point', 'LiveOn'], reconnecting: ['refresh', 'LiveReconnecting'], off: ['cloud-off', 'LiveOff'] } as const;
document.addEventListener('parceo:live', e => {
  const state = (e as CustomEvent<keyof typeof states>).detail,
    place = document.querySelector<HTMLElement>('[data-live-state]');
  if (!place || place.dataset['liveState'] === state) return;
  place.dataset['liveState'] = state;
  place.classList.remove('wait');
  place.classList.toggle('off', state !== 'on');
  place.classList.toggle('on', state === 'on');
  place.classList.toggle('opt', state === 'on'); // on phones only when not live
  place.replaceChildren(icon(states[state][0]), make('span', {}, text(states[state][1])));
});

// Filters beside the results are always open, above them (phones) folded.
const wide = matchMedia('(min-width: 768px)');
const fold = (): void =>
  document.querySelectorAll<HTMLDetailsElement>('details[data-open-wide]').forEach(d => {
    d.open = wide.matches;
  });
wide.addEventListener('change', fold);
fold();

// The search box opens the palette: by Ctrl K, a click, or the first letter typed into it. Tabbing through changes nothing.
const box = document.querySelector<HTMLInputElement>('.p-search input');
let opening = false;
async function palette(): Promise<void> {
  const { palette, paletteStyle } = box?.closest('form')?.dataset ?? {};
  if (!box || !palette || !paletteStyle || opening) return;
  opening = true; // what is typed meanwhile is typed into the box, and goes with it
  const { openPalette } = (await import(ownUrl(palette).href)) as { openPalette: (words: () => string, style: string) => Promise<void> };
  await openPalette(() => {
    const words = box.value;
    box.value = '';
    return words;
  }, paletteStyle);
  opening = false;
}
document.addEventListener('click', e => {
  const opener = closest(e, '[data-opens-palette]');
  if (!opener || e.ctrlKey || e.metaKey || e.shiftKey) return;
  e.preventDefault();
  void palette();
});
box?.addEventListener('input', () => void palette());

startToasts();
startHotkeys();
startCountdowns();
watchOtherTabs();
void startUnsent();
placeFocus(document, true);
showWaiting();
