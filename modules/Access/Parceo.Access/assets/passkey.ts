import { ask } from '@parceo/ui/session';

/** `<parceo-passkey mode options field conditional unsupported cancelled failed>` in a form: asks the device, puts the answer (JSON) in the field, sends the form. */
class Passkey extends HTMLElement {
  #waiting: AbortController | undefined;

  connectedCallback(): void {
    const form = this.closest('form');
    form?.addEventListener('submit', e => {
      if (!(e.submitter && this.contains(e.submitter))) return;
      e.preventDefault();
      void this.#run(form);
    });
    if (form && this.hasAttribute('conditional')) void this.#offer(form);
  }

  disconnectedCallback(): void {
    this.#waiting?.abort();
  }

  async #options(form: HTMLFormElement): Promise<unknown> {
    const response = await ask(this.getAttribute('options') ?? '', {
      method: 'POST',
      body: new FormData(form),
      headers: { Accept: 'application/json' },
    });
    if (!response.ok || response.redirected) throw new Error('options');
    const answer: unknown = await response.json();
    return typeof answer === 'string' ? JSON.parse(answer) : answer;
  }

  async #run(form: HTMLFormElement): Promise<void> {
    this.#say(null);
    if (!('PublicKeyCredential' in window) || !('parseRequestOptionsFromJSON' in PublicKeyCredential)) return this.#say('unsupported');
    this.#waiting?.abort();
    const stop = (this.#waiting = new AbortController());
    try {
      const options = await this.#options(form);
      this.#send(
        form,
        this.getAttribute('mode') === 'register'
          ? await navigator.credentials.create({
              publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON),
              signal: stop.signal,
            })
          : await navigator.credentials.get({
              publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON),
              signal: stop.signal,
            }),
      );
    } catch (error) {
      this.#say(
        error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError') ? 'cancelled' : 'failed',
      );
    }
  }

  /** Passkeys among the suggestions of the e-mail field. Fails quietly: nobody asked for it. */
  async #offer(form: HTMLFormElement): Promise<void> {
    if (!('PublicKeyCredential' in window) || !('parseRequestOptionsFromJSON' in PublicKeyCredential)) return;
    const stop = (this.#waiting = new AbortController());
    try {
      if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
        (await this.#options(form)) as PublicKeyCredentialRequestOptionsJSON,
      );
      this.#send(form, await navigator.credentials.get({ publicKey, mediation: 'conditional', signal: stop.signal }));
    } catch {
      /* the button remains */
    }
  }

  #send(form: HTMLFormElement, credential: Credential | null): void {
    const field = form.querySelector<HTMLInputElement>(`input[name="${CSS.escape(this.getAttribute('field') ?? 'credential')}"]`);
    if (!field || !(credential instanceof PublicKeyCredential)) throw new Error('credential');
    field.value = JSON.stringify(credential.toJSON());
    form.submit(); // as is: the other fields of the form are not asked for
  }

  #say(name: string | null): void {
    const place = this.querySelector<HTMLElement>('[role=alert]'),
      line = place?.querySelector('.err');
    if (!place || !line) return;
    place.hidden = name === null;
    line.textContent = name === null ? '' : (this.getAttribute(name) ?? '');
  }
}

customElements.define('parceo-passkey', Passkey);
