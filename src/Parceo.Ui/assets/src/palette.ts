// The palette (Ctrl K), fetched when it is first asked for: a dialog around an ARIA 1.2 combobox; the server finds.
import { announce, icon, make, ownUrl, text } from './lib/page';
import { ask, endedBy } from './lib/session';

interface Hit {
  icon: string;
  text: string;
  detail?: string | null;
  href: string;
}

interface Found {
  group: string;
  hits: Hit[];
}

const DEBOUNCE_MS = 100;

let dialog: HTMLDialogElement | undefined;
let input: HTMLInputElement;
let list: HTMLElement;
let options: { element: HTMLElement; href: string }[] = [];
let active = -1;
let timer = 0;
let search: AbortController | undefined;

/** Opens it, with what was typed until then. `styles`: its own, which no other page needs. */
export async function openPalette(words: () => string, styles: string): Promise<void> {
  dialog ??= build();
  if (dialog.open) return;
  await styled(styles);
  dialog.showModal();
  input.value = words();
  input.focus();
  void find();
}

let style: Promise<void> | undefined;
function styled(address: string): Promise<void> {
  return (style ??= new Promise(resolve => {
    const link = make('link', { rel: 'stylesheet', href: ownUrl(address).href });
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  }));
}

function build(): HTMLDialogElement {
  input = make('input', {
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': 'p-palette-l',
    'aria-autocomplete': 'list',
    'aria-label': text('Palette'),
    placeholder: text('PalettePlaceholder'),
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: '100',
  });
  list = make('div', { id: 'p-palette-l', class: 'list', role: 'listbox', 'aria-label': text('Palette') });
  const close = make('button', { type: 'button', class: 'p-icon', 'aria-label': text('Close') }, icon('x'));
  const made = make(
    'dialog',
    { class: 'p-palette', 'aria-label': text('Palette') },
    make('div', { class: 'in' }, icon('search'), input, close),
    list,
    make('p', { class: 'ft s q2 hide-s', 'aria-hidden': 'true' }, text('PaletteHint')),
  );
  input.addEventListener('input', () => {
    clearTimeout(timer);
    search?.abort(); // an answer to older words is dropped
    timer = window.setTimeout(() => void find(), DEBOUNCE_MS);
  });
  input.addEventListener('keydown', key);
  list.addEventListener('pointerdown', e => e.preventDefault()); // the field keeps the focus
  close.addEventListener('click', () => made.close());
  made.addEventListener('click', e => {
    if (e.target === made) made.close();
  });
  made.addEventListener('close', () => {
    clearTimeout(timer);
    search?.abort();
    input.value = '';
    show([], ''); // what one person looked for is not there for the next
  });
  document.body.append(made);
  return made;
}

async function find(): Promise<void> {
  const words = input.value.trim(),
    asked = (search = new AbortController());
  try {
    const response = await ask('/palette', {
      method: 'POST',
      signal: asked.signal,
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify({ q: words }),
    });
    if (endedBy(response)) return;
    if (!response.ok || response.redirected) throw new Error('palette');
    show((await response.json()) as Found[], words);
  } catch {
    if (!asked.signal.aborted) say(text('SearchFailed'));
  }
}

function show(found: Found[], words: string): void {
  options = [];
  const groups = found.map((f, i) => group(f.group, `p-palette-${i}`, f.hits));
  const directory = document.querySelector<HTMLFormElement>('.p-search'),
    name = words.replace(/^[>@]/, '').trim();
  if (directory && name.length > 1 && !words.startsWith('>')) {
    const href = `${directory.getAttribute('action') ?? ''}?q=${encodeURIComponent(name)}`;
    groups.push(
      make('ul', { role: 'presentation' }, option({ icon: 'address-book', text: text('PaletteDirectory', name), href }, 'p-palette-d')),
    );
  }
  list.replaceChildren(...groups);
  if (words && found.length === 0) list.prepend(make('p', { class: 'none q2', role: 'presentation' }, text('PaletteNone')));
  activate(options.length > 0 ? 0 : -1);
  if (words) announce(options.length === 1 ? text('ResultsOne') : text('Results', options.length));
}

function group(name: string, id: string, hits: Hit[]): HTMLElement {
  return make(
    'div',
    { role: 'group', 'aria-labelledby': id },
    make('div', { class: 'gh', id }, name),
    make('ul', { role: 'presentation' }, ...hits.map((h, i) => option(h, `${id}-${i}`))),
  );
}

function option(hit: Hit, id: string): HTMLElement {
  const element = make(
    'li',
    { role: 'option', id, class: 'opt', 'aria-selected': 'false' },
    make('span', { class: 'ki' }, icon(hit.icon)),
    make(
      'span',
      { class: 'grow' },
      make('span', { class: 'tt' }, hit.text),
      ...(hit.detail ? [make('span', { class: 's q2 mt' }, hit.detail)] : []),
    ),
  );
  const at = options.push({ element, href: hit.href }) - 1;
  element.addEventListener('click', e => go(at, e.ctrlKey || e.metaKey));
  element.addEventListener('pointermove', () => {
    if (active !== at) activate(at);
  });
  return element;
}

function say(message: string): void {
  options = [];
  active = -1;
  list.replaceChildren(make('p', { class: 'none q2' }, message));
  announce(message);
}

function activate(at: number): void {
  options[active]?.element.setAttribute('aria-selected', 'false');
  active = at;
  const chosen = options[at]?.element;
  if (!chosen) return input.removeAttribute('aria-activedescendant');
  chosen.setAttribute('aria-selected', 'true');
  chosen.scrollIntoView({ block: 'nearest' });
  input.setAttribute('aria-activedescendant', chosen.id);
}

function go(at: number, aside: boolean): void {
  const href = options[at]?.href;
  if (href === undefined) return;
  const url = ownUrl(href).href;
  if (aside) window.open(url, '_blank', 'noopener');
  else {
    dialog?.close();
    location.assign(url);
  }
}

function key(e: KeyboardEvent): void {
  if (e.isComposing) return;
  if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
    e.preventDefault();
    if (options.length > 0) activate((active + (e.key === 'ArrowDown' ? 1 : -1) + options.length) % options.length);
  } else if (e.key === 'Enter') {
    e.preventDefault();
    go(active, e.ctrlKey || e.metaKey);
  }
}
