// Months of a chart: one stop of the Tab key, then the arrow keys; Escape hides what is said. Mouse and finger need no script.
for (const points of document.querySelectorAll<HTMLElement>('[data-points]')) {
  const months = [...points.children] as HTMLElement[];
  const go = (to: number): void => {
    const month = months[Math.min(Math.max(to, 0), months.length - 1)];
    for (const m of months) m.tabIndex = m === month ? 0 : -1;
    month?.focus();
  };
  points.addEventListener('keydown', e => {
    const at = months.indexOf(e.target as HTMLElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: months.length - 1 }[e.key];
    if (e.key === 'Escape') points.classList.add('quiet');
    else if (to !== undefined) {
      points.classList.remove('quiet');
      e.preventDefault();
      go(to);
    }
  });
  points.addEventListener('pointerdown', () => points.classList.remove('quiet'));
  points.addEventListener('focusout', () => points.classList.remove('quiet'));
}
export {};
