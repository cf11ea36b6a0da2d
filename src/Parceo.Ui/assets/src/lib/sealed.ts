// What somebody wrote and did not send yet, kept in this browser over a reload and over a session that ended, and read by nobody
// without a session of theirs: AES-GCM under a key that the server puts into their pages only (docs/decisions/0013-unsent-text.md).

const AFTER = 'parceo:sealed:';

/** What of localStorage is needed. */
export interface Store {
  readonly length: number;
  key(i: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A store of this person's texts. Reads at once, since all was opened at the start; writes are sealed first. */
export class SealedStore implements Store {
  readonly #open = new Map<string, string>();
  #last: Promise<void> = Promise.resolve();

  private constructor(
    private readonly below: Store,
    private readonly prefix: string,
    private readonly secret: CryptoKey | null,
  ) {}

  /** Opens what is kept under `key` (base64, 32 bytes); what it does not open is of no use to anybody and goes. Without a key, or where the browser has no cryptography, texts live as long as the page. */
  static async of(below: Store, person: string, key: string | null): Promise<SealedStore> {
    const secret =
      key && globalThis.crypto.subtle ? await crypto.subtle.importKey('raw', bytes(key), 'AES-GCM', false, ['encrypt', 'decrypt']) : null;
    const store = new SealedStore(below, `${AFTER}${person}:`, secret);
    for (const name of store.#names()) {
      const text = await store.#unseal(name, below.getItem(name) ?? '');
      if (text === null) below.removeItem(name);
      else store.#open.set(name.slice(store.prefix.length), text);
    }
    return store;
  }

  get length(): number {
    return this.#open.size;
  }
  key(i: number): string | null {
    return [...this.#open.keys()][i] ?? null;
  }
  getItem(key: string): string | null {
    return this.#open.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#open.set(key, value);
    if (this.secret) this.#last = this.#last.then(() => this.#write(key, value));
  }
  removeItem(key: string): void {
    this.#open.delete(key);
    this.below.removeItem(this.prefix + key);
  }

  /** When all is written. */
  get written(): Promise<void> {
    return this.#last;
  }

  #names(): string[] {
    return Array.from({ length: this.below.length }, (_, i) => this.below.key(i)).filter(n => n?.startsWith(this.prefix)) as string[];
  }

  async #write(key: string, value: string): Promise<void> {
    if (!this.secret || this.#open.get(key) !== value) return; // a later one comes, or it is gone
    const iv = crypto.getRandomValues(new Uint8Array(12)),
      name = this.prefix + key,
      sealed = await crypto.subtle.encrypt(parameters(name, iv), this.secret, new TextEncoder().encode(value));
    if (this.#open.get(key) !== value) return;
    try {
      this.below.setItem(name, btoa(String.fromCharCode(...iv, ...new Uint8Array(sealed))));
    } catch {
      /* storage is full or closed: it lives as long as the page */
    }
  }

  async #unseal(name: string, sealed: string): Promise<string | null> {
    if (!this.secret) return null;
    try {
      const all = bytes(sealed);
      return new TextDecoder().decode(await crypto.subtle.decrypt(parameters(name, all.slice(0, 12)), this.secret, all.slice(12)));
    } catch {
      return null;
    }
  }
}

/** Bound to its place: a text moved to another conversation does not open. */
const parameters = (name: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(name),
});

const bytes = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), c => c.charCodeAt(0));
