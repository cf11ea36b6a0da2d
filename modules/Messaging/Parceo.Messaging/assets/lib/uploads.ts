import { announce, icon, make } from '@parceo/ui/page';
import type { Link } from './link';
import { Refused, type Attached } from './wire';
import { size, word } from './words';

const MOST_FILES = 10,
  LOOK_AGAIN_MS = 700,
  LOOKS = 120;

interface Upload {
  name: string;
  bytes: number;
  voice: boolean;
  file: Attached | null;
  failed: string | null;
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
      const at = [...this.#chips.children].findIndex(c => c.contains(e.target as Node));
      if (at >= 0 && (e.target as Element).closest('button')) {
        this.#all.splice(at, 1);
        this.#show();
        this.focus();
      }
    });
  }

  get none(): boolean {
    return this.#all.length === 0;
  }
  get busy(): boolean {
    return this.#all.some(u => !u.file && !u.failed);
  }
  get files(): Attached[] {
    return this.#all.flatMap(u => u.file ?? []);
  }

  /** Those of a message that was refused, or none after sending. */
  set(files: readonly Attached[]): void {
    this.#all = files.map(f => ({ name: f.voice ? word('voice') : f.name, bytes: f.size, voice: f.voice, file: f, failed: null }));
    this.#show();
  }

  add(list: Iterable<File>, voice = false): void {
    for (const f of [...list].slice(0, MOST_FILES - this.#all.length)) {
      const upload: Upload = { name: voice ? word('voice') : f.name, bytes: f.size, voice, file: null, failed: null };
      this.#all.push(upload);
      void this.#upload(upload, f);
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
      if (note) this.add([note], true);
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

  async #upload(upload: Upload, file: File): Promise<void> {
    try {
      let known = await this.link.http<{ id: string; state: string; name?: string; type?: string; size?: number }>(
        `conversations/${this.conversationId}/files`,
        'POST',
        file,
        undefined,
        { 'X-File-Name': encodeURIComponent(file.name), ...(upload.voice && { 'X-Voice': '1' }) },
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
      };
      announce(word('fileReady', upload.name));
    } catch (e) {
      upload.failed = (e instanceof Refused && e.said) || word('fileFailed');
      announce(`${upload.name}\u00A0: ${upload.failed}`);
    }
    this.#show();
  }

  #show(): void {
    this.#chips.hidden = this.#all.length === 0;
    this.#chips.replaceChildren(
      ...this.#all.map(u =>
        make(
          'span',
          { class: u.failed ? 'p-tag bad' : 'p-tag' },
          icon(u.failed ? 'alert-triangle' : !u.file ? 'hourglass' : u.voice ? 'microphone' : 'paperclip'),
          make('span', { class: 'clip' }, u.name),
          make('span', { class: 'q3' }, u.failed ?? (u.file ? size(u.bytes) : word('fileChecking'))),
          make('button', { type: 'button', class: 'bare', 'aria-label': word('removeFile', u.name) }, icon('x')),
        ),
      ),
    );
  }
}
