document.querySelector('[data-print]')?.addEventListener('click', () => print());

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy ?? '');
    const said = document.querySelector<HTMLElement>('[data-copied]');
    if (said) said.textContent = said.dataset.copied ?? '';
    button.classList.add('c-done');
  });
}
