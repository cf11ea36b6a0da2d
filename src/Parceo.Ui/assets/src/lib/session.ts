// The end of a session. Whatever notices it first (a hub, a region, a question) says so here; the page goes, and all it showed with it.
import { make, text } from './page';

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

/** Another tab of this browser signed in as somebody else: this one shows what is no longer theirs to see. */
export function watchOtherTabs(person: string): void {
  const tabs = new BroadcastChannel('parceo:person');
  tabs.onmessage = e => {
    if (e.data !== person) sessionEnded();
  };
  tabs.postMessage(person);
}
