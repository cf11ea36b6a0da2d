import { fragment, morph } from './lib/morph';
import { announce, text } from './lib/page';

const DEBOUNCE_MS = 120;

/** `<parceo-search-form results>` around a GET form: the region of that id follows the typing, the address too. */
class SearchForm extends HTMLElement {
  #timer = 0;
  #search: AbortController | undefined;
  #shown = '';

  connectedCallback(): void {
    this.addEventListener('input', e => this.#schedule((e.target as Element).matches('[type=checkbox], [type=radio], select') ? 0 : DEBOUNCE_MS));
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

  get #form(): HTMLFormElement | null { return this.querySelector('form'); }

  #address(): string {
    const form = this.#form;
    if (!form) return location.href;
    const url = new URL(form.getAttribute('action') || location.pathname, location.href);
    url.search = new URLSearchParams([...new FormData(form)].flatMap(([k, v]) => typeof v === 'string' && v !== '' ? [[k, v]] : [])).toString();
    return url.href;
  }

  #schedule(after: number): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#refresh(), after);
  }

  async #refresh(): Promise<void> {
    const address = this.#address(), id = this.getAttribute('results') ?? '', region = document.getElementById(id);
    if (!region || address === this.#shown) return;
    this.#search?.abort();
    const search = this.#search = new AbortController();
    this.#shown = address;
    region.setAttribute('aria-busy', 'true');
    region.classList.add('p-busy');
    try {
      const html = await fragment(address, id, search.signal);
      morph(region, html);
      history.replaceState(history.state, '', address);
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
