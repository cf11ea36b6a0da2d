import { announce, icon, make } from '@parceo/ui/page';

// Fetched when a picture is first opened. Texts come from the page that carries them.

/** Shows the pictures of the thread one at a time, above the page: ← → go from one to the next, Échap closes, and the focus goes back to where it was. */
export function view(
  links: readonly HTMLAnchorElement[],
  first: HTMLAnchorElement,
  word: (name: string, ...values: (string | number)[]) => string,
): void {
  let at = Math.max(0, links.indexOf(first));
  const title = make('h2', { class: 'grow', id: 'p-vue-titre' }),
    picture = make('img', {}),
    save = make(
      'a',
      { class: 'btn btn-plain btn-sm', 'aria-label': word('download') },
      icon('download'),
      make('span', { class: 'hide-s' }, word('download')),
    ),
    step = (by: 1 | -1): HTMLButtonElement => {
      const b = make(
        'button',
        { type: 'button', class: 'p-icon', 'aria-label': word(by < 0 ? 'previousPicture' : 'nextPicture') },
        icon(by < 0 ? 'chevron-left' : 'chevron-right'),
      );
      b.onclick = () => show(at + by);
      return b;
    },
    [back, on] = [step(-1), step(1)],
    close = make('button', { type: 'button', class: 'p-icon', 'aria-label': word('closePicture') }, icon('x'));
  const dialog = make(
    'dialog',
    { class: 'p-dialog viewer', 'aria-labelledby': 'p-vue-titre' },
    make('div', { class: 'hd' }, title, back, on, save, close),
    make('div', { class: 'bd' }, picture),
  );
  function show(to: number): void {
    const link = links[to];
    if (!link) return;
    at = to;
    const name = link.querySelector('img')?.alt ?? '';
    title.textContent = name;
    picture.src = save.href = link.href;
    picture.alt = save.download = name;
    back.disabled = at === 0;
    on.disabled = at === links.length - 1;
    [back.hidden, on.hidden] = [links.length < 2, links.length < 2];
    announce(links.length < 2 ? name : word('pictureOf', name, at + 1, links.length));
  }
  close.onclick = () => dialog.close();
  dialog.onclick = e => {
    if (e.target === dialog) dialog.close(); // beside it
  };
  dialog.onkeydown = e => {
    const by = e.key === 'ArrowLeft' ? -1 : e.key === 'ArrowRight' ? 1 : 0;
    if (!by) return;
    e.preventDefault();
    show(at + by);
  };
  dialog.onclose = () => {
    dialog.remove();
    links[at]?.focus();
  };
  document.body.append(dialog);
  show(at);
  dialog.showModal();
  close.focus();
}
