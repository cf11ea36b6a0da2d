import type { Rows } from './rows';

/** The keyboard among the messages: J, K and arrows move, R answers, E edits. */
export function keys(
  root: HTMLElement,
  rows: Rows,
  act: (act: 'reply' | 'edit', row: HTMLElement) => boolean,
  leave: () => void,
  signal: AbortSignal,
): void {
  document.addEventListener(
    'keydown',
    e => {
      if (e.defaultPrevented || e.isComposing || e.ctrlKey || e.metaKey || e.altKey) return;
      const at = e.target as HTMLElement,
        row = at.closest<HTMLElement>('li[data-key]'),
        inThread = root.contains(at) || at === document.body || at.id === 'contenu';
      if (!inThread || at.matches('input, textarea, select') || document.querySelector('dialog[open], :popover-open')) return;
      const arrows = e.key === 'ArrowDown' || e.key === 'ArrowUp',
        key = e.key.toLowerCase();
      if (arrows ? !row : localStorage.getItem('parceo-single-keys') === 'off') return;
      if (key === 'j' || key === 'k' || arrows) step(row, key === 'j' || key === 'arrowdown' ? 1 : -1);
      else if (!row || (key !== 'r' && key !== 'e') || !act(key === 'r' ? 'reply' : 'edit', row)) return;
      e.preventDefault();
      e.stopPropagation();
    },
    { capture: true, signal },
  );

  function step(row: HTMLElement | null, by: 1 | -1): void {
    const to = rows.beside(row, by);
    if (!to) return by > 0 ? leave() : row?.focus({ preventScroll: true });
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: 'nearest' });
  }
}
