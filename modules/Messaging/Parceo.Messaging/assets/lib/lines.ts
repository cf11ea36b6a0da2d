// Draws lines of a thread. Text of people only ever becomes text nodes.
import { icon, make } from '@parceo/ui/page';
import { plain, read, type Block, type Inline } from './markdown';
import type { Moments } from './moment';
import type { Item } from './outbox';
import type { Attached, Kind, Line, MailTo, Outsider, Person } from './wire';
import { count, initials, refusal, size, word } from './words';

export interface Scene {
  id: string;
  me: string;
  moments: Moments;
  person: (id: string) => Person | undefined;
  find: (seq: number) => Line | undefined;
  direct: boolean;
  topic: (id: string) => string | undefined;
  /** Where a topic is read alone; null in one. */
  topicHref: (id: string) => string | null;
}

/** What a row of the thread shows; equal looks are not drawn again. */
export interface Look {
  line: Line;
  item: Item | null;
  /** The one before is of the same person, a short time ago. */
  same: boolean;
  /** Others who have read it and others in all; null where it is not shown. */
  readBy: [number, number] | null;
  /** Is being taken back. */
  gone: boolean;
}

/** Who wrote a line: somebody without an account is named by their mail. */
export const writer = (scene: Scene, line: Line): string => line.outside?.name ?? nameOf(scene, line.by);

export const nameOf = (scene: Scene, id: string | null): string =>
  id === scene.me ? word('you') : (scene.person(id ?? '')?.name ?? word('somebody'));

const button = (act: string, cls: string, label: string, ...inside: (Node | string)[]): HTMLButtonElement => {
  const b = make('button', { type: 'button', class: cls, 'data-act': act }, ...inside);
  if (label) b.setAttribute('aria-label', label);
  return b;
};

/** Fills the row. Its buttons carry `data-act`; the island listens once for all. */
export function drawLine(row: HTMLElement, look: Look, scene: Scene): void {
  const { line, item } = look;
  if (line.kind !== 'message' && line.kind !== 'mail') {
    row.className = 'note';
    row.replaceChildren(make('span', {}, event(line, scene)), ' ', time(line, scene));
    return;
  }
  const mine = line.by === scene.me,
    who = writer(scene, line),
    person = scene.person(line.by);
  row.className = ['m', look.same && 'same', item?.state === 'kept' && 'kept', item?.state === 'refused' && 'no', look.gone && 'gone']
    .filter(Boolean)
    .join(' ');
  const body = make('div', { class: 'body' });
  const head = make('header', {}, make('b', {}, who));
  if (person?.role === 'guest') head.append(make('span', { class: 'p-tag xs due' }, icon('user-question'), word('guest')));
  if (line.outside)
    head.append(
      make('span', { class: 'p-tag xs due' }, icon('user-question'), word('outside')),
      make('span', { class: 's q2 line' }, line.outside.address),
    );
  if (!mine && !scene.direct && person?.line) head.append(make('span', { class: 's q2 hide-s line' }, person.line));
  head.append(time(line, scene));
  if (line.edited && !line.deleted) head.append(make('span', { class: 'xs q3' }, word('edited')));
  body.append(head);
  const topic = line.topic && scene.topic(line.topic),
    href = line.topic && scene.topicHref(line.topic);
  if (topic && href) body.append(make('a', { class: 'p-tag xs topic', href, 'data-thread': '' }, topic));
  if (line.replyTo) body.append(quote(line.replyTo, scene));
  if (line.deleted || look.gone) body.append(make('p', { class: 'q3 del' }, word(look.gone ? 'deleting' : 'deleted')));
  else if (line.mail) body.append(letter(line, line.mail, scene));
  else body.append(line.priority ? priority(line, item, scene) : content(line, scene));
  if (line.takenBy && !line.deleted)
    body.append(
      make(
        'div',
        { class: 'st took' },
        icon('hand-stop'),
        line.takenBy === scene.me ? word('takenByMe') : word('takenBy', nameOf(scene, line.takenBy)),
        ...(line.takenBy === scene.me ? [button('release', 'btn btn-quiet btn-xs', '', word('release'))] : []),
      ),
    );
  if (line.reactions.length > 0 && !line.deleted) body.append(reactions(line, scene));
  if (line.outside) body.append(answer(line, line.outside, scene));
  const status = mine && !line.mail ? state(look) : null;
  if (status) body.append(status);
  row.replaceChildren(
    make('span', { class: mine ? 'p-av me' : 'p-av', 'aria-hidden': 'true' }, initials(mine ? (scene.person(scene.me)?.name ?? who) : who)),
    body,
  );
  if (!item && !line.deleted && !look.gone && !line.mail) {
    const label = `${who}, ${scene.moments.time(line.at)}`;
    row.append(
      make(
        'div',
        { class: 'do' },
        button('reply', 'p-icon', word('replyTo', label), icon('message-plus')),
        button('menu', 'p-icon', word('actionsOf', label), icon('dots')),
      ),
    );
    row.querySelector('[data-act=menu]')?.setAttribute('aria-haspopup', 'dialog');
  }
}

function time(line: Line, scene: Scene): HTMLElement {
  return make('time', { class: 's q3 num', datetime: line.at, title: scene.moments.day(line.at) }, scene.moments.time(line.at));
}

function content(line: Line, scene: Scene): HTMLElement {
  const part = make('div', { class: 'tx' });
  if (line.outside)
    part.append(make('p', { class: 'raw' }, line.text ?? '')); // a stranger's words are no Markdown
  else if (line.text) part.append(...blocks(read(line.text, line.mentions.map(id => scene.person(id)?.name ?? '').filter(Boolean))));
  for (const f of line.files) {
    const address = `/api/messaging/files/${f.id}`;
    if (f.voice)
      part.append(
        make('div', { class: 's q2 num' }, titleOf(f)),
        make('audio', { controls: '', preload: 'none', src: address, 'aria-label': titleOf(f) }),
      );
    else if (/^image\//.test(f.type))
      part.append(
        make(
          'a',
          { class: 'pic', href: address, target: '_blank', rel: 'noopener', 'data-act': 'view' },
          make('img', { src: address, alt: f.name, loading: 'lazy' }),
        ),
      );
    else
      part.append(
        make(
          'a',
          { class: 'file', href: address, download: f.name, ...(f.type === 'application/pdf' && { 'data-act': 'view' }) },
          icon(f.type === 'application/pdf' ? 'file-type-pdf' : 'file'),
          make('span', {}, make('b', { class: 's' }, f.name), make('br'), make('span', { class: 'xs q3' }, size(f.size))),
        ),
      );
  }
  return part;
}

/** What left by MSSanté, and where it stands. */
function letter(line: Line, mail: MailTo, scene: Scene): HTMLElement {
  const bad = !['waiting', 'sent', 'received'].includes(line.state ?? '');
  return make(
    'div',
    { class: 'letter' },
    make('div', { class: 's q2' }, icon('mail'), ' ', word('mailTo', mail.name, mail.to)),
    make('b', {}, mail.subject),
    content(line, scene),
    make(
      'div',
      { class: bad ? 'st c-alert b' : 'st' },
      icon(bad ? 'alert-triangle' : line.state === 'received' ? 'checks' : line.state === 'sent' ? 'check' : 'clock'),
      mailState(line.state ?? 'waiting', line.code),
    ),
  );
}

/** In words; a number of the operator's follows them, a reason of ours replaces them. */
const mailState = (state: string, code?: string | null): string =>
  state === 'refused' && code && /^[a-z]/.test(code)
    ? refusal(code)
    : word(`mail-${state}`) + (code && /^\d/.test(code) ? ` (${code})` : '');

function answer(line: Line, outside: Outsider, scene: Scene): HTMLElement {
  const row = make('div', { class: 'st' });
  if (outside.files > 0)
    row.append(make('a', { href: `/mssante/messages/${outside.mailId}` }, icon('paperclip'), ' ', count('mailFiles', outside.files)));
  row.append(make('a', { class: 'btn btn-plain btn-xs', href: `/messages/${scene.id}/mssante?reponse=${line.seq}` }, word('answerByMail')));
  return row;
}

function priority(line: Line, item: Item | null, scene: Scene): HTMLElement {
  const box = make(
    'div',
    { class: 'prio' },
    make('div', { class: 'row-f b c-alert s lab' }, icon('alert-square-rounded'), word('priority')),
    content(line, scene),
  );
  const waiting = line.askedOf.filter(p => !line.confirmedBy.includes(p));
  const acks = make('div', { class: 'acks' });
  line.confirmedBy.forEach((p, i) =>
    acks.append(
      make(
        'span',
        { class: 'c-done b' },
        icon('checks'),
        ' ',
        nameOf(scene, p),
        ' ',
        make(
          'span',
          { class: 'num', title: scene.moments.day(line.confirmedAt[i] ?? line.at) },
          scene.moments.brief(line.confirmedAt[i] ?? line.at),
        ),
      ),
    ),
  );
  if (waiting.length > 0)
    acks.append(
      make(
        'span',
        { class: 'q2' },
        icon('hourglass'),
        ' ',
        word(
          'waitingFor',
          waiting
            .slice(0, 8)
            .map(p => nameOf(scene, p))
            .join(', ') + (waiting.length > 8 ? '…' : ''),
        ),
      ),
    );
  if (acks.childElementCount > 0) box.append(acks);
  const row = make('div', { class: 'row-f wrap' });
  if (waiting.includes(scene.me)) row.append(button('confirm', 'btn btn-primary btn-sm', '', icon('checks'), word('confirm')));
  if (line.by !== scene.me && !line.takenBy) row.append(button('take', 'btn btn-plain btn-sm', '', word('take')));
  if (row.childElementCount > 0 && !item) box.append(row);
  return box;
}

function quote(seq: number, scene: Scene): HTMLElement {
  const line = scene.find(seq),
    b = button('jump', 'quote', '');
  b.dataset['seq'] = String(seq);
  if (line) b.append(make('b', {}, writer(scene, line)), ' ', make('span', {}, line.deleted ? word('deleted') : snippet(line)));
  else b.append(word('olderQuote'));
  return b;
}

/** « Message vocal, 1:05 », or a file's name. */
export const titleOf = (f: Attached): string =>
  !f.voice
    ? f.name
    : f.seconds
      ? word('voiceOf', `${Math.floor(f.seconds / 60)}:${String(f.seconds % 60).padStart(2, '0')}`)
      : word('voice');

/** The beginning of a message on one line. */
export function snippet(line: Line): string {
  const text = line.outside ? (line.text ?? '').replace(/\s+/g, ' ').trim() : plain(line.text ?? '');
  return text ? text.slice(0, 140) : line.files[0] ? titleOf(line.files[0]) : '';
}

function reactions(line: Line, scene: Scene): HTMLElement {
  const row = make('div', { class: 'rx' });
  for (const r of line.reactions) {
    const own = r.people.includes(scene.me),
      b = button(
        'react',
        'p-chip',
        `${r.emoji} ${r.people.length}, ${r.people.map(p => nameOf(scene, p)).join(', ')}`,
        r.emoji,
        ' ',
        make('span', { class: 'num' }, String(r.people.length)),
      );
    b.dataset['emoji'] = r.emoji;
    b.setAttribute('aria-pressed', String(own));
    b.title = r.people.map(p => nameOf(scene, p)).join(', ');
    row.append(b);
  }
  return row;
}

function state({ item, readBy }: Look): HTMLElement | null {
  const part = make('div', { class: 'st' });
  if (item?.state === 'sending') part.append(icon('clock'), word('sending'));
  else if (item?.state === 'kept')
    part.append(
      make('span', { class: 'c-due b' }, icon('cloud-off'), ' ', word('kept')),
      button('retry', 'btn btn-quiet btn-xs', '', word('retry')),
      button('discard', 'btn btn-quiet btn-xs', '', word('discard')),
    );
  else if (item?.state === 'refused')
    part.append(
      make('span', { class: 'c-alert b' }, icon('alert-triangle'), ' ', refusal(item.reason ?? '')),
      button('again', 'btn btn-quiet btn-xs', '', word('takeBack')),
      button('discard', 'btn btn-quiet btn-xs', '', word('discard')),
    );
  else if (!readBy) return null;
  else if (readBy[0] === 0) part.append(icon('check'), word('sent'));
  else {
    const mark = icon('checks');
    mark.classList.add('c-acc');
    part.append(mark, readBy[1] === 1 ? word('read') : word('readBy', readBy[0], readBy[1]));
  }
  return part;
}

/** What happened besides messages, in a sentence that agrees with whoever reads it; as the server says it (ChatWords.Event). */
export function event(line: Line, scene: Scene): string {
  const itself = line.by === line.person,
    whom = line.person ? nameOf(scene, line.person) : '',
    topic = scene.topic(line.topic ?? '') ?? '';
  const told: Partial<Record<Kind, [key: string, what: string]>> = {
    join: itself ? ['join', ''] : ['add', whom],
    leave: itself ? ['leave', ''] : ['remove', whom],
    title: ['title', line.title ?? ''],
    topic: ['topic', line.title ?? ''],
    resolve: ['resolve', topic],
    reopen: ['reopen', topic],
    assign: !line.person ? ['unassign', ''] : itself ? ['charge', ''] : ['assign', whom],
    done: ['done', ''],
    undone: ['undone', ''],
    mail: ['mail', line.mail?.name ?? ''],
  };
  const [key, what] = told[line.kind] ?? [];
  if (!key) return '';
  return word(
    `e-${key}${line.by === scene.me ? '-me' : line.person === scene.me && /^(add|remove|assign)$/.test(key) ? '-to-me' : ''}`,
    nameOf(scene, line.by),
    what ?? '',
  );
}

function blocks(tree: Block[]): HTMLElement[] {
  return tree.map(b =>
    b.t === 'p'
      ? make('p', {}, ...inlines(b.c))
      : b.t === 'pre'
        ? make('pre', { tabindex: '0' }, b.v)
        : make(b.t, b.t === 'ol' && b.start !== 1 ? { start: `${b.start}` } : {}, ...b.items.map(i => make('li', {}, ...inlines(i)))),
  );
}

function inlines(tree: Inline[]): Node[] {
  return tree.map(n => {
    switch (n.t) {
      case 'text':
        return document.createTextNode(n.v);
      case 'code':
        return make('code', {}, n.v);
      case 'at':
        return make('span', { class: 'at' }, n.v);
      case 'b':
        return make('strong', {}, ...inlines(n.c));
      case 'i':
        return make('em', {}, ...inlines(n.c));
      case 'br':
        return make('br');
      case 'a':
        return make('a', { href: n.href, title: n.href, rel: 'noreferrer noopener', target: '_blank' }, ...inlines(n.c));
    }
  });
}
