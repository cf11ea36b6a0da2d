// Declarative shortcuts (data-hotkey-focus: go there instead of pressing it): data-hotkey="a", "g a" (one then the other), "Control+Enter", "Escape"; several, separated by ", ".
import { icon, make, text } from './page';

const SINGLE_KEYS = 'parceo-single-keys';
const SEQUENCE_MS = 1200;
const QUIET_MS = 1000;
let quietUntil = 0;
let waiting: string[] = [];
let timer = 0;

const singleKeys = (): boolean => localStorage.getItem(SINGLE_KEYS) !== 'off';
/** Whoever types for a field the focus has just left, or with a place held for a caller, means no shortcut: not until they pause. */
function means(): boolean {
  const now = performance.now();
  if (now < quietUntil) {
    quietUntil = now + QUIET_MS;
    return false;
  }
  return document.querySelector('.p-hold:not([data-over])')?.checkVisibility() !== true;
}
const hasModifier = (e: KeyboardEvent): boolean => e.ctrlKey || e.metaKey || e.altKey;

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset])'))
  );
}

function nameOf(e: KeyboardEvent): string {
  const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
  // Command on a Mac is what Ctrl is elsewhere. Shift counts only with named keys: « ? » already holds it.
  return [e.ctrlKey || e.metaKey ? 'Control' : '', e.altKey ? 'Alt' : '', e.shiftKey && e.key.length > 1 ? 'Shift' : '', key]
    .filter(Boolean)
    .join('+');
}

const combos = (element: Element): string[] =>
  (element.getAttribute('data-hotkey') ?? '')
    .split(', ')
    .map(c => c.trim().replace(/(^| |\+)([A-Z])(?=$| )/g, (_, b: string, k: string) => b + k.toLowerCase()));

function reachable(): HTMLElement[] {
  const dialog = document.querySelector('dialog:modal');
  return [...(dialog ?? document).querySelectorAll<HTMLElement>('[data-hotkey]')].filter(
    e => e.checkVisibility() && !e.matches(':disabled, [aria-disabled=true]'),
  );
}

function act(element: HTMLElement): void {
  if (
    (element.matches('input, textarea, select') && !element.matches('[data-opens-palette]')) ||
    element.dataset['hotkeyFocus'] !== undefined
  ) {
    element.focus();
    quietUntil = 0; // they went there themselves
    if (element instanceof HTMLInputElement) element.select();
  } else {
    element.click();
  }
}

function rowStep(step: 1 | -1): boolean {
  const active = document.activeElement;
  const list = active?.closest('[data-rows]') ?? document.querySelector('[data-rows]');
  const rows = [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].filter(r => r.checkVisibility());
  const at = rows.findIndex(r => r === active || r.closest('li, tr, article')?.contains(active));
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}

/** ← → among the cells of a row: the slots of an effector. */
function cellStep(step: 1 | -1): boolean {
  const active = document.activeElement,
    cells = [...(active?.closest('tr, li, article')?.querySelectorAll<HTMLElement>('[data-cell]') ?? [])].filter(c => c.checkVisibility());
  const next = cells[cells.indexOf(active as HTMLElement) + step];
  next?.focus();
  return next !== undefined;
}

function undo(): boolean {
  const form = document.querySelector<HTMLFormElement>('[data-toast] form[data-undo]');
  form?.requestSubmit();
  return form !== null;
}

function onKey(e: KeyboardEvent): void {
  if (e.defaultPrevented || e.isComposing || (e.repeat && !/^Arrow|^[jk]$/i.test(e.key))) return;
  const name = nameOf(e),
    inField = typing(e.target),
    printable = e.key.length === 1 && !hasModifier(e);
  if (printable && (inField || !singleKeys() || !means())) return;
  if (inField && !hasModifier(e) && e.key !== 'Escape') return;
  if (e.key === 'Escape' && document.querySelector(':popover-open, dialog[open]')) return; // it closes that first

  if (name === 'Control+z' && !inField && undo()) return e.preventDefault();
  if (e.key === '?' && !hasModifier(e)) {
    e.preventDefault();
    return showHelp();
  }

  const pressed = [...waiting, name].join(' ');
  // Escape leaves a field first (to what takes the focus); only outside of fields does it act.
  const places = (e: HTMLElement): boolean => e.dataset['hotkeyFocus'] !== undefined;
  const candidates = reachable().sort((a, b) => (inField ? Number(places(b)) - Number(places(a)) : Number(places(a)) - Number(places(b))));
  const found = candidates.find(c => combos(c).includes(pressed)) ?? candidates.find(c => combos(c).includes(name));
  clearTimeout(timer);
  waiting = [];
  if (found) {
    e.preventDefault();
    if (hasModifier(e)) quietUntil = 0; // Ctrl Entrée is meant: whatever was being typed is done
    act(found);
  } else if (candidates.some(c => combos(c).some(k => k.startsWith(pressed + ' ')))) {
    waiting = pressed.split(' ');
    timer = window.setTimeout(() => {
      waiting = [];
    }, SEQUENCE_MS);
  } else if (name === 'j' || name === 'k') {
    if (rowStep(name === 'j' ? 1 : -1)) e.preventDefault();
  } else if ((name === 'ArrowDown' || name === 'ArrowUp') && document.activeElement?.matches('[data-row], [data-cell]')) {
    if (rowStep(name === 'ArrowDown' ? 1 : -1)) e.preventDefault();
  } else if ((name === 'ArrowRight' || name === 'ArrowLeft') && document.activeElement?.matches('[data-cell]')) {
    if (cellStep(name === 'ArrowRight' ? 1 : -1)) e.preventDefault();
  }
}

const spelled: Record<string, string> = { Enter: 'KeyEnter', Escape: 'KeyEscape', Control: 'KeyControl', Alt: 'KeyAlt', Shift: 'KeyShift' };
const arrows: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

function keys(combo: string): (Node | string)[] {
  return combo
    .split(' ')
    .flatMap((part, i) => [
      ...(i > 0 ? [` ${text('KeyThen')} `] : []),
      ...part
        .split('+')
        .flatMap((key, j) => [
          ...(j > 0 ? [' '] : []),
          make('kbd', {}, spelled[key] ? text(spelled[key]) : (arrows[key] ?? key.toUpperCase())),
        ]),
    ]);
}

function labelOf(element: HTMLElement): string {
  const given = element.dataset['hotkeyLabel'] ?? element.getAttribute('aria-label');
  if (given) return given;
  const copy = element.cloneNode(true) as HTMLElement;
  copy.querySelectorAll('kbd, .sr, .p-count').forEach(n => n.remove());
  return copy.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

/** The dialog of « ? »: what this page answers to, and the switch of single keys. */
export function showHelp(): void {
  const open = document.getElementById('p-raccourcis') as HTMLDialogElement | null;
  if (open?.open) return open.close();
  open?.remove();

  const seen = new Set<string>();
  const rows = reachable()
    .flatMap(e => combos(e).map(combo => ({ combo, label: labelOf(e) })))
    .filter(({ combo }) => !seen.has(combo) && seen.add(combo));
  if (document.querySelector('[data-row]'))
    rows.push({ combo: 'j', label: text('ShortcutNextRow') }, { combo: 'k', label: text('ShortcutPreviousRow') });
  if (document.querySelector('[data-toast] form[data-undo]')) rows.push({ combo: 'Control+z', label: text('ShortcutUndo') });
  rows.push({ combo: '?', label: text('ShortcutHelp') });

  const list = make(
    'dl',
    { class: 'p-keys' },
    ...rows.map(r => make('div', {}, make('dt', {}, r.label), make('dd', {}, ...keys(r.combo)))),
  );
  const toggle = make('input', { type: 'checkbox', class: 'form-check-input', id: 'p-touches' });
  toggle.checked = singleKeys();
  toggle.addEventListener('change', () => localStorage.setItem(SINGLE_KEYS, toggle.checked ? 'on' : 'off'));
  const close = make('button', { type: 'button', class: 'p-icon', 'aria-label': text('Close') }, icon('x'));
  const dialog = make(
    'dialog',
    { id: 'p-raccourcis', class: 'p-dialog', 'aria-labelledby': 'p-raccourcis-t' },
    make('div', { class: 'hd' }, make('h2', { id: 'p-raccourcis-t', class: 'grow' }, text('Shortcuts')), close),
    make(
      'div',
      { class: 'bd' },
      list,
      make(
        'label',
        { class: 'form-check mt-3' },
        toggle,
        make('span', {}, text('SingleKeys'), make('span', { class: 's q2 d-block' }, text('SingleKeysHelp'))),
      ),
    ),
  );
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', e => {
    if (e.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

export function startHotkeys(): void {
  document.addEventListener('keydown', onKey);
  document.addEventListener('parceo:focus-moved', () => {
    quietUntil = performance.now() + QUIET_MS;
  });
  document.addEventListener('click', e => {
    const button = e.target instanceof Element ? e.target.closest('[data-shortcuts]') : null;
    if (!button) return;
    button.closest<HTMLElement>('[popover]')?.hidePopover();
    showHelp();
  });
}
