// The end of a session. Whatever notices it first (a hub, a region, a question) says so here; the page goes, and all it showed with it.
// Its organisation likewise: what a page asks, it asks in the name of the one it was drawn for.
import { make, ownUrl, text } from './page';

const SIGN_IN = '/connexion',
  LAST_MS = 1000;

let over = false;

/** True when `answer` says that nobody is signed in any more: 401, or led to the sign-in page. The page then ends. */
export function endedBy(answer: Response): boolean {
  const ended = answer.status === 401 || (answer.redirected && new URL(answer.url).pathname === SIGN_IN);
  if (ended) sessionEnded();
  return ended;
}

/** Listeners of `parceo:ended` seal what was typed and add to its detail what must be done before the page goes. */
export function sessionEnded(): void {
  if (over) return;
  over = true;
  const before: Promise<unknown>[] = [];
  document.dispatchEvent(new CustomEvent('parceo:ended', { detail: before }));
  const back = `${SIGN_IN}?fin=session&retour=${encodeURIComponent(location.pathname + location.search)}`;
  // At once, and whatever becomes of the way to the sign-in page: nothing of what was on screen stays.
  document.title = text('SessionEnded');
  document.body.replaceChildren(
    make(
      'main',
      { class: 'p-page p-narrow' },
      make('h1', {}, text('SessionEnded')),
      make('p', {}, make('a', { href: back }, text('SignInAgain'))),
    ),
  );
  void Promise.race([Promise.allSettled(before), new Promise(r => setTimeout(r, LAST_MS))]).then(() => location.replace(back));
}

const shell = document.querySelector<HTMLElement>('.p-shell[data-person]');
/** Who is signed in, as their id, and the organisation this page was drawn for. */
export const person = shell?.dataset['person'] ?? '',
  organisation = shell?.dataset['organisation'] ?? '';

/** Signed in, and no organisation has them yet. */
export const nowhere = /^[0-]+$/.test(organisation);

/** In the name of this page's organisation. */
export const named: Readonly<Record<string, string>> = { 'X-Parceo': organisation || '1' };

/** Thrown by `ask` after the page has said so: nothing was written, nothing read. */
export class OtherOrganisation extends Error {}

/** The one way to ask the server: this site only, in the name of this page's organisation. */
export async function ask(address: string | URL, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(ownUrl(String(address)), {
    credentials: 'same-origin',
    ...init,
    headers: { ...(init.headers as Record<string, string> | undefined), ...named },
  });
  if (answer.status !== 409 || !answer.headers.has('X-Parceo')) return answer;
  organisationChanged();
  throw new OtherOrganisation();
}

let bar: HTMLElement | undefined;

/** The session works for another organisation now: the page says so and keeps what was typed, until one of both is where the other is. */
export function organisationChanged(): void {
  if (bar || over) return;
  const name = shell?.dataset['organisationName'] ?? '',
    back = make('button', { type: 'button' }, text('OrganisationBack', name));
  back.addEventListener('click', () => void goBack());
  bar = make('div', { class: 'p-toast', role: 'alert' }, make('span', {}, text('OrganisationChanged', name)), back);
  document.body.append(bar);
}

async function goBack(): Promise<void> {
  const answer = await ask('/api/access/organisation', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ organisationId: organisation }),
  });
  if (endedBy(answer) || !answer.ok) return;
  organisationIsBack();
  tabs?.postMessage({ person, organisation });
}

function organisationIsBack(): void {
  bar?.remove();
  bar = undefined;
  document.dispatchEvent(new Event('parceo:back'));
}

let tabs: BroadcastChannel | undefined;

/** Another tab of this browser signed in as somebody else: this one shows what is no longer theirs to see. Or it works for another organisation, or for ours again. */
export function watchOtherTabs(): void {
  if (!person) return;
  tabs = new BroadcastChannel('parceo:person');
  tabs.onmessage = e => {
    const other = e.data as { person: string; organisation: string };
    if (other.person !== person) sessionEnded();
    else if (other.organisation !== organisation) organisationChanged();
    else organisationIsBack();
  };
  tabs.postMessage({ person, organisation });
}
