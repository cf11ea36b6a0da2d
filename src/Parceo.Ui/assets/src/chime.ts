/** `<parceo-chime><button hidden aria-pressed>Son</button></parceo-chime>`: whether urgent notices ring on this browser (the bell of live.ts rings). */
class Chime extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    if (!button) return;
    const show = (): void => button.setAttribute('aria-pressed', String(localStorage.getItem('parceo:chime') !== 'off'));
    button.hidden = false;
    button.onclick = () => {
      localStorage.setItem('parceo:chime', button.getAttribute('aria-pressed') === 'true' ? 'off' : 'on');
      show();
    };
    show();
  }
}

customElements.define('parceo-chime', Chime);
