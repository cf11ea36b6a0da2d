import { announce, icon, make } from '@parceo/ui/page';
import { titleOf } from './lines';
import type { Link } from './link';
import { Refused, type Attached } from './wire';
import { size, word } from './words';

const MOST_FILES = 10,
  MOST_BYTES = 20_000_000,
  LOOK_AGAIN_MS = 700,
  LOOKS = 120;

interface Upload {
  name: string;
  bytes: number;
  voice: boolean;
  seconds: number;
  file: Attached | null;
  /** Why it does not leave, with the limit. */
  failed: string | null;
  /** To try again: the network failed, not the file. */
  again: File | null;
}

/** Files and voice notes on their way into a message: taken in at once, looked at by the server, shown as chips. */
export class Uploads {
  readonly #chips: HTMLElement;
  #all: Upload[] = [];

  constructor(
    form: HTMLElement,
    private readonly link: Link,
    private readonly conversationId: string,
    private readonly focus: () => void,
  ) {
    this.#chips = form.querySelector('.files') ?? make('div');
    const input = form.querySelector<HTMLInputElement>('input[type=file]'),
      mic = form.querySelector<HTMLButtonElement>('[data-voice]');
    input?.addEventListener('change', () => {
      if (input.files) this.add(input.files);
      input.value = '';
    });
    form.querySelector('[data-attach]')?.addEventListener('click', () => input?.click());
    if (mic) mic.hidden = !('MediaRecorder' in globalThis && navigator.mediaDevices);
    mic?.addEventListener('click', () => void this.#speak(mic));
    this.#chips.addEventListener('click', e => {
      const at = [...this.#chips.children].findIndex(c => c.contains(e.target as Node)),
        button = (e.target as Element).closest('button'),
        upload = this.#all[at];
      if (!button || !upload) return;
      if (button.hasAttribute('data-again') && upload.again) void this.#upload(upload, upload.again);
      else this.#all.splice(at, 1);
      this.#show();
      this.focus();
    });
  }

  get none(): boolean {
    return this.#all.length === 0;
  }
  get busy(): boolean {
    return this.#all.some(u => !u.file && !u.failed);
  }
  /** Names of those that do not leave. */
  get refused(): string[] {
    return this.#all.flatMap(u => (u.failed ? u.name : []));
  }
  get files(): Attached[] {
    return this.#all.flatMap(u => u.file ?? []);
  }

  /** Those of a message that was refused, or none after sending. */
  set(files: readonly Attached[]): void {
    this.#all = files.map(f => ({ ...blank(titleOf(f), f.size), voice: f.voice, seconds: f.seconds ?? 0, file: f }));
    this.#show();
  }

  add(list: Iterable<File>, seconds = 0): void {
    const voice = seconds > 0;
    for (const f of list) {
      const upload = { ...blank(voice ? word('voice') : f.name, f.size), voice, seconds },
        full = this.#all.filter(u => !u.failed).length >= MOST_FILES;
      this.#all.push(upload);
      if (full) this.#fail(upload, word('filesTooMany'));
      else void this.#upload(upload, f);
    }
    this.#show();
    this.focus();
  }

  /** The recorder is fetched when it is first asked for. */
  async #speak(mic: HTMLButtonElement): Promise<void> {
    mic.disabled = true;
    try {
      const { record } = (await import(mic.dataset['voice'] ?? '')) as typeof import('../voice');
      const note = await record(mic.closest<HTMLElement>('.box')!, word);
      if (note) this.add([note.file], note.seconds);
    } catch (e) {
      document.dispatchEvent(
        new CustomEvent('parceo:toast', {
          detail: { message: word((e as Error).name === 'NotAllowedError' ? 'voiceDenied' : 'voiceFailed') },
        }),
      );
    } finally {
      mic.disabled = false;
      this.focus();
    }
  }

  async #upload(upload: Upload, given: File): Promise<void> {
    upload.failed = upload.again = null;
    try {
      const file = await readable(given);
      upload.bytes = file.size;
      if (file.size > MOST_BYTES) throw new Refused('file_size_invalid', word('fileTooBig', size(file.size)));
      let known = await this.link.http<{ id: string; state: string; name?: string; type?: string; size?: number }>(
        `conversations/${this.conversationId}/files`,
        'POST',
        file,
        undefined,
        {
          'X-File-Name': encodeURIComponent(file.name),
          ...(upload.voice && { 'X-Voice': '1', 'X-Seconds': String(upload.seconds) }),
        },
      );
      for (let i = 0; known.state === 'pending' && i < LOOKS && this.#all.includes(upload); i++) {
        await new Promise(r => setTimeout(r, LOOK_AGAIN_MS));
        known = await this.link.http(`files/${known.id}/state`);
      }
      if (known.state !== 'ready') throw new Refused('file_refused', word('fileRefused'));
      upload.file = {
        id: known.id,
        name: known.name ?? file.name,
        type: known.type ?? file.type,
        size: known.size ?? file.size,
        voice: upload.voice,
        ...(upload.voice && { seconds: upload.seconds }),
      };
      announce(word('fileReady', upload.name));
    } catch (e) {
      const no = e instanceof Refused;
      upload.again = no ? null : given;
      this.#fail(upload, (no && e.said) || word('fileFailed'));
    }
    this.#show();
  }

  #fail(upload: Upload, why: string): void {
    upload.failed = why;
    announce(`${upload.name}\u00A0: ${why}`);
  }

  /** What leaves is a tag; what does not keeps its name, why and the limit, on a line of its own. */
  #show(): void {
    this.#chips.hidden = this.#all.length === 0;
    this.#chips.replaceChildren(
      ...this.#all.map(u =>
        make(
          'span',
          { class: u.failed ? 'failed c-alert s' : 'p-tag' },
          icon(u.failed ? 'alert-triangle' : !u.file ? 'hourglass' : u.voice ? 'microphone' : 'paperclip'),
          u.failed
            ? make('span', { class: 'grow' }, make('b', {}, u.name), ' ', u.failed)
            : make('span', { class: 'clip' }, u.file ? titleOf(u.file) : u.name),
          ...(u.failed ? [] : [make('span', { class: 'q3' }, u.file ? size(u.bytes) : word('fileChecking'))]),
          ...(u.again ? [make('button', { type: 'button', class: 'btn btn-plain btn-xs', 'data-again': '' }, word('fileTry'))] : []),
          make('button', { type: 'button', class: 'bare', 'aria-label': word('removeFile', u.name) }, icon('x')),
        ),
      ),
    );
  }
}

const blank = (name: string, bytes: number): Upload => ({ name, bytes, voice: false, seconds: 0, file: null, failed: null, again: null });

/** A photograph of an iPhone (HEIC) as a JPEG, where the browser can read it: Apple's do. Elsewhere the server says what to do. */
async function readable(file: File): Promise<File> {
  if (!/^image\/hei[cf]/.test(file.type) && !/\.hei[cf]$/i.test(file.name)) return file;
  try {
    const picture = await createImageBitmap(file),
      canvas = make('canvas', {});
    [canvas.width, canvas.height] = [picture.width, picture.height];
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
    const jpeg = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/jpeg', 0.9));
    return jpeg ? new File([jpeg], file.name.replace(/\.hei[cf]$/i, '') + '.jpg', { type: 'image/jpeg' }) : file;
  } catch {
    return file;
  }
}
