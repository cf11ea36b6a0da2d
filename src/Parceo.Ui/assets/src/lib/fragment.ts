import { ownUrl } from './page';
import { ask, endedBy } from './session';

/** Why a fragment did not come. `gone`: it never will on this page (session ended, closed, refused). */
export class FragmentError extends Error {
  constructor(readonly gone: boolean) {
    super('fragment');
  }
}

/** The inside of the element `id` as the server draws it now: of a page that holds it, or of a fragment that is it. `live`: nobody asked for it, so it does not keep the session alive (S8). */
export async function fragment(address: string, id: string, signal: AbortSignal, live = false): Promise<string> {
  const url = ownUrl(address);
  const response = await ask(url, {
    signal,
    headers: { Accept: 'text/html', 'X-Parceo-Fragment': id, ...(live && { 'X-Parceo-Live': '1' }) },
  });
  // Sent elsewhere: another page must not land in a list.
  if (endedBy(response)) throw new FragmentError(true);
  if (response.redirected && new URL(response.url).pathname !== url.pathname) throw new FragmentError(true);
  if (!response.ok) throw new FragmentError(response.status < 500 && response.status !== 408 && response.status !== 429);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return (page.getElementById(id) ?? page.body).innerHTML;
}
