// What was typed and not sent when the session ended comes back after signing in again (S77), to its writer alone.
import { text } from './page';
import { SealedStore } from './sealed';
import { organisation, person } from './session';

const KEPT_MS = 60 * 60_000;

/** The shell says whose page it is, and gives their key: it is read once and leaves the document. */
const shell = document.querySelector<HTMLElement>('.p-shell[data-person]');
const key = shell?.dataset['seal'] ?? null;
shell?.removeAttribute('data-seal');

let opened: Promise<SealedStore> | undefined;

/** The texts of the person signed in. */
export const unsent = (): Promise<SealedStore> => (opened ??= SealedStore.of(localStorage, person, key));

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
interface Saved {
  at: number;
  fields: [name: string, value: string][];
}

const here = (form: number): string => `form:${organisation}:${location.pathname}${location.search}:${form}`;
const forms = (): HTMLFormElement[] => [...document.querySelectorAll<HTMLFormElement>('main form[method=post]')];

/** Fields a person fills; never a password, a code, a file or what the page itself set. */
function filled(form: HTMLFormElement): Control[] {
  return [...form.elements].filter(
    (e): e is Control =>
      (e instanceof HTMLTextAreaElement ||
        e instanceof HTMLSelectElement ||
        (e instanceof HTMLInputElement &&
          /^(text|search|tel|email|number|date|time|datetime-local|month|url|radio|checkbox)$/.test(e.type))) &&
      e.name !== '' &&
      e.autocomplete !== 'one-time-code',
  );
}

function changed(e: Control): boolean {
  if (e instanceof HTMLSelectElement) return [...e.options].some(o => o.selected !== o.defaultSelected) && e.value !== '';
  return e instanceof HTMLInputElement && /radio|checkbox/.test(e.type) ? e.checked && !e.defaultChecked : e.value !== e.defaultValue;
}

/** Seals what is typed in the forms of this page when the session ends, and puts it back when the page is opened again soon. */
export async function startUnsent(): Promise<void> {
  if (!person) return;
  const store = await unsent();
  document.addEventListener('parceo:ended', e => {
    forms().forEach((form, i) => {
      const fields = filled(form)
        .filter(changed)
        .map((c): [string, string] => [c.name, c.value]);
      if (fields.length > 0) store.setItem(here(i), JSON.stringify({ at: Date.now(), fields } satisfies Saved));
    });
    (e as CustomEvent<Promise<void>[]>).detail.push(store.written);
  });
  let back = false;
  forms().forEach((form, i) => {
    const kept = store.getItem(here(i));
    if (kept === null) return;
    store.removeItem(here(i));
    const { at, fields } = JSON.parse(kept) as Saved;
    if (Date.now() - at > KEPT_MS) return;
    for (const [name, value] of fields) {
      const control = filled(form).find(
        c => c.name === name && (c instanceof HTMLInputElement && /radio|checkbox/.test(c.type) ? c.value === value : !changed(c)),
      );
      if (!control) continue;
      if (control instanceof HTMLInputElement && /radio|checkbox/.test(control.type)) control.checked = true;
      else control.value = value;
      control.dispatchEvent(new Event('input', { bubbles: true }));
      back = true;
    }
  });
  if (back) document.dispatchEvent(new CustomEvent('parceo:toast', { detail: { message: text('TypedIsBack') } }));
}
