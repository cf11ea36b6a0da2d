import { fragment } from './lib/fragment';
import { type Field, morph } from './lib/morph';
import { announce, ownUrl, placeFocus, text } from './lib/page';
import { ask, endedBy, OtherOrganisation } from './lib/session';
import { showWaiting } from './lib/waiting';

const DEBOUNCE_MS = 120,
  TYPING_MS = 250;

/** `<parceo-search-form results>` around a GET form: the region of that id follows the typing, the address too. */
class SearchForm extends HTMLElement {
  #timer = 0;
  #search: AbortController | undefined;
  #shown = '';

  connectedCallback(): void {
    this.addEventListener('input', e => {
      if ((e.target as Element).closest('parceo-combobox')) return this.#schedule(TYPING_MS); // the server takes half a name for the likeliest one
      this.#schedule((e.target as Element).matches('[type=checkbox], [type=radio], select') ? 0 : DEBOUNCE_MS);
    });
    this.addEventListener('change', () => this.#schedule(0));
    this.addEventListener('submit', e => {
      if (e.target !== this.#form) return;
      e.preventDefault();
      this.#schedule(0);
    });
    this.#shown = this.#address();
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    this.#search?.abort();
  }

  get #form(): HTMLFormElement | null {
    return this.querySelector('form');
  }

  /** What was searched stands in the address: no draft any more, and the server's to say again after an act. */
  #isSent(): void {
    for (const field of this.#form?.elements ?? []) {
      if (field instanceof HTMLSelectElement) for (const option of field.options) option.defaultSelected = option.selected;
      else if (field instanceof HTMLInputElement) [field.defaultValue, field.defaultChecked] = [field.value, field.checked];
    }
  }

  #address(): string {
    const form = this.#form;
    if (!form) return location.href;
    const url = new URL(form.getAttribute('action') || location.pathname, location.href);
    url.search = new URLSearchParams(
      [...new FormData(form)].flatMap(([k, v]) => (typeof v === 'string' && v !== '' ? [[k, v]] : [])),
    ).toString();
    return url.href;
  }

  #schedule(after: number): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#refresh(), after);
  }

  async #refresh(): Promise<void> {
    const address = this.#address(),
      id = this.getAttribute('results') ?? '',
      region = document.getElementById(id);
    if (!region || address === this.#shown) return;
    this.#search?.abort();
    const search = (this.#search = new AbortController());
    this.#shown = address;
    region.setAttribute('aria-busy', 'true');
    region.classList.add('p-busy');
    try {
      const html = await fragment(address, id, search.signal);
      morph(region, html);
      region.dispatchEvent(new CustomEvent('parceo:morphed'));
      history.replaceState(history.state, '', address);
      if (address === this.#address()) this.#isSent();
      document.querySelectorAll('[data-until-search]').forEach(e => e.remove()); // what was said of the search before
      const summary = region.querySelector('[data-summary]')?.textContent?.trim();
      if (summary) announce(summary);
    } catch {
      if (search.signal.aborted) return;
      this.#shown = '';
      announce(text('SearchFailed'));
      document.dispatchEvent(new CustomEvent('parceo:toast', { detail: { message: text('SearchFailed') } }));
    }
    region.removeAttribute('aria-busy');
    region.classList.remove('p-busy');
  }
}

customElements.define('parceo-search-form', SearchForm);

// Soft acts: form[data-soft] and a[data-soft] bring the next state of the page into <main> without leaving it, so lists keep their scroll. Without scripts they are plain.
const REGION = 'contenu';
let going = false;
/** The page goes elsewhere: of what was typed only the field someone is in stays. */
const active = (f: Field): boolean => f === document.activeElement;

/** What was sent is the server's to say again: it echoes what it refused, and after a success nothing of it may stay, in the focused field neither. */
async function go(address: string, request: RequestInit, keep: (field: Field) => boolean): Promise<void> {
  if (going) return; // one act, one request
  going = true;
  try {
    const url = ownUrl(address),
      response = await ask(url, { ...request, headers: { Accept: 'text/html' } });
    if (endedBy(response)) return;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html'),
      next = page.getElementById(REGION),
      main = document.getElementById(REGION);
    if (!next || !main || !main.closest('.p-shell') !== !next.closest('.p-shell')) return location.assign(response.url); // another kind of page
    main.querySelectorAll<HTMLDialogElement>('dialog[open]').forEach(d => d.close());
    const focused = document.activeElement;
    morph(main, next.innerHTML, { keep });
    for (const bar of ['.p-rail', '.p-bottom']) {
      // where we are, and the counts
      const ours = document.querySelector(bar),
        theirs = page.querySelector(bar);
      if (ours && theirs) morph(ours, theirs.innerHTML);
    }
    // A parsed page's scripts never run: islands that were not here yet are fetched.
    for (const script of page.querySelectorAll<HTMLScriptElement>('script[type=module][src]'))
      void import(ownUrl(script.getAttribute('src') ?? '').href);
    main.querySelectorAll('parceo-live').forEach(e => e.dispatchEvent(new CustomEvent('parceo:morphed')));
    document.title = page.title;
    showWaiting();
    document.getElementById('p-toasts')?.replaceChildren(...(page.getElementById('p-toasts')?.childNodes ?? []));
    document.dispatchEvent(new CustomEvent('parceo:toasts'));
    const fresh = new URL(response.url).pathname !== location.pathname;
    if (response.url !== location.href) history[fresh ? 'pushState' : 'replaceState']({ soft: true }, '', response.url);
    main.querySelector('[data-in-view]')?.scrollIntoView({ block: 'nearest' });
    placeFocus(main, fresh, focused);
  } catch (e) {
    if (!(e instanceof OtherOrganisation))
      document.dispatchEvent(new CustomEvent('parceo:toast', { detail: { message: text('SearchFailed') } }));
  } finally {
    going = false;
  }
}

document.addEventListener('submit', e => {
  const form = e.target as HTMLFormElement;
  if (e.defaultPrevented || !form.matches('[data-soft]')) return;
  e.preventDefault();
  const data = new FormData(form, e.submitter),
    address = e.submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.href;
  // The server wrote the address the page had when it was drawn; a search may have changed the filters in it since.
  if (form.method === 'post')
    void go(ownUrl(address).pathname === location.pathname ? location.href : address, { method: 'POST', body: data }, f => f.form !== form);
  else void go(`${address.split('?')[0]}?${new URLSearchParams([...data].map(([k, v]) => [k, String(v)])).toString()}`, {}, active);
});
document.addEventListener('click', e => {
  const link = e.target instanceof Element ? e.target.closest<HTMLAnchorElement>('a[data-soft]') : null;
  if (!link || e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  e.preventDefault();
  void go(link.href, {}, active);
});
addEventListener('popstate', e => {
  if ((e.state as { soft?: boolean } | null)?.soft || going) location.reload();
});
