import { Idiomorph } from 'idiomorph';

/** What to do with rows the page does not show yet. */
export interface MorphOptions {
  /** False keeps this new element out. */
  admit?: (element: Element) => boolean;
  /** False lets the server decide what stands in this field; otherwise what the person typed and did not send stays. */
  keep?: (field: Field) => boolean;
}

/** A control of a form that holds what was typed. */
export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Turns the inside of `target` into `html`, keeping focus, what is being typed, and the focused row where it is on screen. True when rows came or went. */
export function morph(target: Element, html: string, options: MorphOptions = {}): boolean {
  const focused = target.contains(document.activeElement) ? document.activeElement : null;
  const row = focused?.closest('[id]')?.id,
    before = focused?.getBoundingClientRect().top ?? 0;
  const keep = options.keep ?? (() => true),
    typed = unsent(target).filter(t => keep(t.field));
  let moved = false;
  Idiomorph.morph(target, html, {
    morphStyle: 'innerHTML',
    ignoreActiveValue: focused !== null && isField(focused) && keep(focused), // else a focused link would keep its old words
    restoreFocus: true,
    callbacks: {
      beforeNodeAdded: node => !(node instanceof Element) || (options.admit?.(node) ?? true),
      afterNodeAdded: node => {
        if (!(node instanceof Element) || !node.id) return;
        moved = true;
        node.classList.add('p-changed');
      },
      afterNodeRemoved: node => {
        moved ||= node instanceof Element && node.id !== '';
      },
      // Drawn by us, unknown to the server: the ring of a countdown, an opened fold or dialog, the dress of a combobox.
      beforeNodeRemoved: node => !(node instanceof Element && node.matches('parceo-combobox > .lst')),
      beforeAttributeUpdated: (name, node) =>
        !(
          name === 'style' ||
          (name === 'open' && /^(DETAILS|DIALOG)$/.test(node.nodeName)) ||
          (/^(role|list|aria-(autocomplete|expanded|controls|activedescendant))$/.test(name) && node.matches('parceo-combobox > input'))
        ),
      // A list someone is choosing in is left alone, and what they saw (data-seen) stays with a field that keeps what stands in it.
      beforeNodeMorphed: node =>
        !(
          node instanceof Element &&
          (node.matches('parceo-combobox:focus-within') ||
            (node instanceof HTMLInputElement &&
              node.dataset['seen'] !== undefined &&
              [...typed.map(t => t.field), focused].some(
                f => f !== null && isField(f) && keep(f) && f.form === node.form && f.name === node.dataset['seen'],
              )))
        ),
    },
  });
  for (const t of typed) if (t.field.isConnected && t.place === placeOf(t.field)) t.restore();
  if (focused && !target.contains(document.activeElement)) {
    // The row was moved or drawn anew, and lost the focus on the way.
    const again = focused.isConnected
      ? focused
      : row && target.querySelector(`#${CSS.escape(row)}`)?.querySelector('[data-row], a, button, input');
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  }
  if (focused?.isConnected) {
    const shift = focused.getBoundingClientRect().top - before;
    if (shift !== 0) scroller(focused).scrollBy({ top: shift, behavior: 'instant' });
  }
  return moved;
}

const isField = (e: Element): e is Field => e.matches('input, textarea, select');

/** The row and the name of a field: words typed for one row must never come to stand in another. */
const placeOf = (field: Field): string => `${field.parentElement?.closest('[id]')?.id ?? ''} ${field.name}`;

interface Unsent {
  field: Field;
  place: string;
  restore: () => unknown;
}

/** Fields that differ from what the server wrote into them. */
function unsent(target: Element): Unsent[] {
  return [...target.querySelectorAll<Field>('input, textarea, select')].flatMap((field): Unsent[] => {
    const place = placeOf(field);
    if (field instanceof HTMLSelectElement) {
      const [value, drawn] = [field.value, [...field.options].find(o => o.defaultSelected) ?? field.options[0]];
      return value === drawn?.value ? [] : [{ field, place, restore: () => (field.value = value) }];
    }
    if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type)) {
      const checked = field.checked;
      return checked === field.defaultChecked ? [] : [{ field, place, restore: () => (field.checked = checked) }];
    }
    const value = field.value;
    return value === field.defaultValue || field.type === 'file' || field.type === 'hidden'
      ? []
      : [{ field, place, restore: () => field.value !== value && (field.value = value) }];
  });
}

function scroller(from: Element): Element {
  for (let e = from.parentElement; e; e = e.parentElement) {
    if (e.scrollHeight > e.clientHeight && /auto|scroll/.test(getComputedStyle(e).overflowY)) return e;
  }
  return document.scrollingElement ?? document.documentElement;
}
