import { announce, icon, make } from '@parceo/ui/page';
import { ask, endedBy } from '@parceo/ui/session';
import { fit, MOST_PAGES, MOST_WORDS } from './lib/paper';

// Fetched when a picture or a PDF is first opened. Texts come from the page that carries them.

type Word = (name: string, ...values: (string | number)[]) => string;

/** What we use of pdf.js, which is fetched from `folder` when a PDF is first opened. */
interface PdfPage {
  getViewport(o: { scale: number }): { width: number; height: number };
  render(o: { canvas: HTMLCanvasElement; viewport: object }): { promise: Promise<void>; cancel(): void };
  getTextContent(): Promise<{ items: { str?: string }[] }>;
  cleanup(): void;
}
interface PdfLoading {
  promise: Promise<{ numPages: number; getPage(n: number): Promise<PdfPage> }>;
  destroy(): Promise<void>;
}
interface PdfLibrary {
  GlobalWorkerOptions: { workerSrc: string };
  getDocument(o: object): PdfLoading;
}

/** Shows the pictures and PDFs of the thread one at a time, above the page: ← → go from one to the next, Échap closes, and the focus goes back to where it was. */
export function view(links: readonly HTMLAnchorElement[], first: HTMLAnchorElement, folder: string, word: Word): void {
  let at = Math.max(0, links.indexOf(first)),
    end = (): void => undefined;
  const title = make('h2', { class: 'grow', id: 'p-vue-titre' }),
    place = make('div', { class: 'bd', tabindex: '0', role: 'region', 'aria-labelledby': 'p-vue-titre' }),
    save = make(
      'a',
      { class: 'btn btn-plain btn-sm', 'aria-label': word('download') },
      icon('download'),
      make('span', { class: 'hide-s' }, word('download')),
    ),
    step = (by: 1 | -1): HTMLButtonElement => {
      const b = make(
        'button',
        { type: 'button', class: 'p-icon', 'aria-label': word(by < 0 ? 'previousFile' : 'nextFile') },
        icon(by < 0 ? 'chevron-left' : 'chevron-right'),
      );
      b.onclick = () => show(at + by);
      return b;
    },
    [back, on] = [step(-1), step(1)],
    close = make('button', { type: 'button', class: 'p-icon', 'aria-label': word('closeFile') }, icon('x'));
  const dialog = make(
    'dialog',
    { class: 'p-dialog viewer', 'aria-labelledby': 'p-vue-titre' },
    make('div', { class: 'hd' }, title, back, on, save, close),
    place,
  );
  function show(to: number): void {
    const link = links[to];
    if (!link) return;
    at = to;
    end();
    const picture = link.querySelector('img'),
      name = picture?.alt ?? link.download;
    title.textContent = name;
    save.href = link.href;
    save.download = name;
    dialog.classList.toggle('paper', !picture);
    if (picture) place.replaceChildren(make('img', { src: link.href, alt: name }));
    else end = paper(place, link.href, name, folder, word);
    back.disabled = at === 0;
    on.disabled = at === links.length - 1;
    back.hidden = on.hidden = links.length < 2;
    announce(links.length < 2 ? name : word('fileOf', name, at + 1, links.length));
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
    end();
    dialog.remove();
    links[at]?.focus();
  };
  document.body.append(dialog);
  dialog.showModal();
  show(at);
  close.focus();
}

/** Draws the first pages of a PDF, each while it is near what is shown; its words stand beside for whoever listens. What cannot be drawn is said. */
function paper(place: HTMLElement, address: string, name: string, folder: string, word: Word): () => void {
  let loading: PdfLoading | undefined,
    over = false;
  const near = new Map<Element, (is: boolean) => void>(),
    seen = new IntersectionObserver(
      entries => {
        for (const e of entries) near.get(e.target)?.(e.isIntersecting);
      },
      { root: place, rootMargin: '100%' },
    );
  const fail = (): void => {
    if (!over) place.replaceChildren(make('p', { class: 'q2', role: 'alert' }, word('fileUnshown')));
  };
  place.replaceChildren(make('p', { class: 'q2' }, word('fileOpening')));
  void (async () => {
    const pdf = (await import(`${folder}pdf.min.mjs`)) as PdfLibrary;
    pdf.GlobalWorkerOptions.workerSrc = `${folder}pdf.worker.min.mjs`;
    const answer = await ask(address);
    if (endedBy(answer) || over) return;
    if (!answer.ok) throw new Error('file');
    loading = pdf.getDocument({
      data: await answer.arrayBuffer(),
      wasmUrl: folder,
      useWasm: false,
      enableXfa: false,
      stopAtErrors: false,
    });
    const file = await loading.promise;
    if (over) return;
    place.replaceChildren();
    const { ratio } = fit((await file.getPage(1)).getViewport({ scale: 1 }), 1, 1);
    for (let n = 1; n <= Math.min(file.numPages, MOST_PAGES); n++) {
      const sheet = make('section', { class: 'sheet', 'aria-label': word('pageOf', n, file.numPages) });
      let leave: (() => void) | null = null;
      near.set(sheet, is => {
        leave?.();
        leave = is ? draw(file.getPage(n), sheet, word) : null;
      });
      sheet.style.aspectRatio = ratio;
      place.append(sheet);
      seen.observe(sheet);
    }
    if (file.numPages > MOST_PAGES)
      place.append(
        make('p', { class: 'q2' }, word('firstPages', MOST_PAGES), ' ', make('a', { href: address, download: name }, word('download'))),
      );
  })().catch(fail);
  return () => {
    over = true;
    seen.disconnect();
    void loading?.destroy();
    place.replaceChildren();
  };
}

/** Draws a page; what is answered lets go of it, its words stay. */
function draw(asked: Promise<PdfPage>, sheet: HTMLElement, word: Word): () => void {
  const canvas = make('canvas', { 'aria-hidden': 'true' });
  let far = false,
    leave = (): void => undefined;
  void (async () => {
    const page = await asked;
    if (far) return;
    const { ratio, scale } = fit(page.getViewport({ scale: 1 }), sheet.clientWidth, devicePixelRatio),
      viewport = page.getViewport({ scale });
    [canvas.width, canvas.height] = [Math.max(1, Math.floor(viewport.width)), Math.max(1, Math.floor(viewport.height))];
    sheet.style.aspectRatio = ratio;
    sheet.querySelector('.q2')?.remove();
    sheet.prepend(canvas);
    const drawing = page.render({ canvas, viewport });
    leave = () => {
      drawing.cancel();
      page.cleanup();
    };
    await drawing.promise;
    if (sheet.querySelector('.sr')) return;
    const words = (await page.getTextContent()).items.map(i => i.str ?? '').join(' ');
    sheet.append(make('p', { class: 'sr' }, words.slice(0, MOST_WORDS)));
  })().catch(() => {
    if (!far) sheet.replaceChildren(make('p', { class: 'q2' }, word('fileUnshown')));
  });
  return () => {
    far = true;
    leave();
    canvas.width = canvas.height = 0; // its memory goes at once
    canvas.remove();
  };
}
