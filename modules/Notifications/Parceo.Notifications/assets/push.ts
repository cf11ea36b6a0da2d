import { ownUrl } from '@parceo/ui/page';
import { ask } from '@parceo/ui/session';

/** `<parceo-push key-url save-url worker done denied unsupported failed>` around a button and a status line: lets this browser be woken. */
class Push extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('button')?.addEventListener('click', () => void this.#run());
  }

  async #run(): Promise<void> {
    if (!('serviceWorker' in navigator) || !('PushManager' in window)) return this.#say('unsupported');
    if ((await Notification.requestPermission()) !== 'granted') return this.#say('denied');
    try {
      const worker = await navigator.serviceWorker.register(this.#url('worker'));
      await navigator.serviceWorker.ready;
      const { key } = (await (await ask(this.#url('key-url'))).json()) as { key: string };
      const subscription =
        (await worker.pushManager.getSubscription()) ??
        (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
      const saved = await ask(this.#url('save-url'), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ endpoint: subscription.endpoint, name: device() }),
      });
      this.#say(saved.ok ? 'done' : 'failed');
    } catch {
      this.#say('failed');
    }
  }

  #url(attribute: string): URL {
    return ownUrl(this.getAttribute(attribute) ?? '');
  }

  #say(what: string): void {
    const line = this.querySelector('[role=status]');
    if (line) line.textContent = this.getAttribute(what);
  }
}

/** « Chrome · Android »: what the person recognises in their list. */
function device(): string {
  const agent = navigator.userAgent;
  const browser = /Firefox/.test(agent)
    ? 'Firefox'
    : /Edg/.test(agent)
      ? 'Edge'
      : /Chrome/.test(agent)
        ? 'Chrome'
        : /Safari/.test(agent)
          ? 'Safari'
          : 'Navigateur';
  const system = /Android/.test(agent)
    ? 'Android'
    : /iPhone|iPad/.test(agent)
      ? 'iOS'
      : /Windows/.test(agent)
        ? 'Windows'
        : /Mac/.test(agent)
          ? 'Mac'
          : /Linux/.test(agent)
            ? 'Linux'
            : '';
  return system ? `${browser} · ${system}` : browser;
}

customElements.define('parceo-push', Push);
