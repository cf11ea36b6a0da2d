import { Idiomorph } from 'idiomorph';
import { ownUrl } from './page';

/** What to do with rows the page does not show yet. */
export interface MorphOptions {
  /** False keeps this new element out. */
  admit?: (element: Element) => boolean;
}

/** Turns the inside of `target` into `html`, keeping focus, what is being typed, and the focused row where it is on screen. True when rows came or went. */
export function morph(target: Element, html: string, options: MorphOptions = {}): boolean {
  const focused = target.contains(document.activeElement) ? document.activeElement : null;
  const row = focused?.closest('[id]')?.id, before = focused?.getBoundingClientRect().top ?? 0;
  let moved = false;
  Idiomorph.morph(target, html, {
    morphStyle: 'innerHTML',
    ignoreActiveValue: focused?.matches('input, textarea, select') ?? false, // else a focused link would keep its old words
    restoreFocus: true,
    callbacks: {
      beforeNodeAdded: node => !(node instanceof Element) || (options.admit?.(node) ?? true),
      afterNodeAdded: node => {
        if (!(node instanceof Element) || !node.id) return;
        moved = true;
        node.classList.add('p-changed');
      },
      afterNodeRemoved: node => { moved ||= node instanceof Element && node.id !== ''; },
      // Drawn by us, unknown to the server: the ring of a countdown, an opened fold or dialog, the dress of a combobox.
      beforeNodeRemoved: node => !(node instanceof Element && node.matches('parceo-combobox > .lst')),
      beforeAttributeUpdated: (name, node) => !(name === 'style' || (name === 'open' && /^(DETAILS|DIALOG)$/.test(node.nodeName)) || (/^(role|list|aria-(autocomplete|expanded|controls|activedescendant))$/.test(name) && node.matches('parceo-combobox > input'))),
      // A list someone is choosing in is left alone.
      beforeNodeMorphed: node => !(node instanceof Element && node.matches('parceo-combobox:focus-within')),
    },
  });
  if (focused && !target.contains(document.activeElement)) {
    // The row was moved or drawn anew, and lost the focus on the way.
    const again = focused.isConnected ? focused : row && target.querySelector(`#${CSS.escape(row)}`)?.querySelector('[data-row], a, button, input');
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  }
  if (focused?.isConnected) {
    const shift = focused.getBoundingClientRect().top - before;
    if (shift !== 0) scroller(focused).scrollBy({ top: shift, behavior: 'instant' });
  }
  return moved;
}

function scroller(from: Element): Element {
  for (let e = from.parentElement; e; e = e.parentElement) {
    if (e.scrollHeight > e.clientHeight && /auto|scroll/.test(getComputedStyle(e).overflowY)) return e;
  }
  return document.scrollingElement ?? document.documentElement;
}

/** Why a fragment did not come. `gone`: it never will on this page (signed out, closed, refused). */
export class FragmentError extends Error {
  constructor(readonly gone: boolean) { super('fragment'); }
}

/** The inside of the element `id` as the server draws it now: of a page that holds it, or of a fragment that is it. `live`: nobody asked for it, so it does not keep the session alive (S8). */
export async function fragment(address: string, id: string, signal: AbortSignal, live = false): Promise<string> {
  const url = ownUrl(address);
  const response = await fetch(url, { signal, credentials: 'same-origin', headers: { Accept: 'text/html', 'X-Parceo-Fragment': id, ...(live && { 'X-Parceo-Live': '1' }) } });
  // Sent elsewhere: the session is over, and a sign-in page must not land in a list.
  if (response.redirected && new URL(response.url).pathname !== url.pathname) throw new FragmentError(true);
  if (!response.ok) throw new FragmentError(response.status < 500 && response.status !== 408 && response.status !== 429);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return (page.getElementById(id) ?? page.body).innerHTML;
}
