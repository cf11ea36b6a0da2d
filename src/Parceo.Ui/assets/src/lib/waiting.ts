// What waits for the person: in the menu, in the page's title, on the icon of the installed app.
import { ask } from './session';

/** Writes the total that the menu shows into the title and onto the app's icon. */
export function showWaiting(): void {
  const home = document.querySelector<HTMLElement>('.p-rail [data-waiting="/"]');
  if (!home) return;
  const total = home.hidden ? 0 : Number.parseInt(home.firstElementChild?.textContent ?? '0', 10) || 0;
  const bare = document.title.replace(/^\(\d+\+?\) /, '');
  document.title = total > 0 ? `(${home.firstElementChild?.textContent}) ${bare}` : bare;
  const badge = navigator as Navigator & { setAppBadge?: (n: number) => Promise<void>; clearAppBadge?: () => Promise<void> };
  void (total > 0 ? badge.setAppBadge?.(total) : badge.clearAppBadge?.())?.catch(() => undefined);
}

/** Asks how many things wait now: something happened to the person elsewhere. */
export async function countWaiting(): Promise<void> {
  const places = document.querySelectorAll<HTMLElement>('[data-waiting]');
  if (places.length === 0) return;
  const response = await ask('/a-traiter', {
    headers: { Accept: 'application/json', 'X-Parceo-Live': '1' }, // nobody asked: no sign of life of the session (S8)
  });
  if (!response.ok || response.redirected) return;
  const counts = (await response.json()) as Record<string, number>,
    total = Object.values(counts).reduce((a, b) => a + b, 0);
  places.forEach(place => {
    const count = place.dataset['waiting'] === '/' ? total : (counts[place.dataset['waiting'] ?? ''] ?? 0);
    place.hidden = count === 0;
    place.firstElementChild?.replaceChildren(count > 99 ? '99+' : String(count));
  });
  showWaiting();
}
