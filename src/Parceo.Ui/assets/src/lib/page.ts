// What every script shares: texts sent by the server, the voice for screen readers, icons of the sprite.

const sent = JSON.parse(document.getElementById('parceo-texts')?.textContent || '{}') as Record<string, string>;

/** The text called `name`, its holes {0}, {1}… filled. */
export function text(name: string, ...values: (string | number)[]): string {
  return (sent[name] ?? name).replace(/\{(\d)\}/g, (_, i: string) => String(values[Number(i)] ?? ''));
}

/** Says `message` once, politely. Emptied first: saying the same twice must be heard twice. */
export function announce(message: string): void {
  const region = document.getElementById('p-announce');
  if (!region) return;
  region.textContent = '';
  setTimeout(() => {
    region.textContent = message;
  }, 50);
}

/** An icon of the sprite the page already uses. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'ti');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  const sprite = document.querySelector('svg.ti use')?.getAttribute('href')?.split('#')[0] ?? '/_content/Parceo.Ui/icons.svg';
  use.setAttribute('href', `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

/** Makes an element; strings are text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** `address` when it is on this site; throws otherwise, so that no attribute can make us fetch elsewhere. */
export function ownUrl(address: string): URL {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) throw new Error('address of another site');
  return url;
}

/** The page, not the person, moved the focus: keys on their way to the old place must not act as shortcuts. */
export function focusMoved(): void {
  document.dispatchEvent(new Event('parceo:focus-moved'));
}

/** Puts the focus where the page as it is now asks for it: the first wrong field, else what says `data-focus`. `fresh`: the person has just come to this page, nothing was being typed. `before`: what had the focus before the page changed. */
export function placeFocus(root: ParentNode, fresh: boolean, before = document.activeElement): void {
  const wrong = firstWrong(root);
  (wrong ?? root.querySelector<HTMLElement>('[data-focus]'))?.focus();
  if (document.activeElement !== before && (wrong !== undefined || !fresh)) focusMoved();
}

function firstWrong(root: ParentNode): HTMLElement | undefined {
  const named = [...root.querySelectorAll<HTMLAnchorElement>('.p-errors a[href^="#"]')].map(a => a.getAttribute('href') ?? '');
  const wrong = [
    ...root.querySelectorAll<HTMLElement>(['[aria-invalid=true]', ...named.map(id => '#' + CSS.escape(id.slice(1)))].join(', ')),
  ]
    .map(e => (e.matches('input, textarea, select') ? e : e.querySelector<HTMLElement>('input, textarea, select')))
    .filter(e => e !== null && !e.matches(':disabled, [type=hidden]'));
  const first = wrong[0] ?? undefined;
  for (let fold = first?.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true;
  return first;
}
