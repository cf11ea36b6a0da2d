import { drawLine, nameOf, type Look, type Scene } from './lines';
import type { Item } from './outbox';
import type { Row } from './rows';
import { fold, lineOf, type Thread } from './thread';
import { entryOf, type Line, type Person } from './wire';
import { word } from './words';

const TOGETHER_MS = 5 * 60_000;

/** A line, or one that is still on its way. */
export interface Shown {
  line: Line;
  item: Item | null;
}

/** The line with what this person did to it and the server has not answered yet. */
export function pending(line: Line, waiting: readonly Item[], me: string): Line {
  for (const i of waiting)
    if (i.target === line.seq && i.state !== 'refused')
      line = fold(line, {
        kind: i.kind,
        by: me,
        at: new Date(i.order).toISOString(),
        body: { text: i.text ?? null, mentions: i.mentions ?? null, emoji: i.emoji ?? null },
      });
  return line;
}

/** What is known of the thread, then what waits to be sent. */
export function shown(thread: Thread, waiting: readonly Item[], me: string, members: readonly string[]): Shown[] {
  const known = new Set(thread.lines.filter(l => l.by === me).map(l => l.clientId)),
    lines: Shown[] = thread.lines.map(line => ({ line: pending(line, waiting, me), item: null }));
  if (thread.newer) return lines;
  for (const item of waiting) {
    if (item.kind !== 'message' || known.has(item.clientId) || !thread.concerns(item.topic)) continue;
    const entry = entryOf(item, { seq: 0, id: '', at: new Date(item.order).toISOString() }, me);
    lines.push({ line: { ...lineOf(entry, members), seq: Number.MAX_SAFE_INTEGER }, item });
  }
  return lines;
}

export interface Timeline {
  scene: Scene;
  lines: readonly Shown[];
  members: readonly Person[];
  /** What came after this was not read when the conversation was opened; 0: no mark. */
  divider: number;
  leaving: (seq: number) => boolean;
  /** After a message is drawn. */
  drawn: (row: HTMLElement) => void;
}

/** The thread as rows: days, the mark of what is new, messages and what happened between them. */
export function timelineRows({ scene, lines, members, divider, leaving, drawn }: Timeline): Row[] {
  const rows: Row[] = [],
    { me, moments } = scene;
  const others = members.filter(p => p.id !== me && p.readSeq != null && p.readSeq >= 0);
  const lastOwn = lines.findLast(l => l.line.by === me && l.line.kind === 'message' && !l.line.deleted && !l.item);
  let before: Line | null = null,
    day = '',
    divided = false;
  for (const { line, item } of lines) {
    const key = moments.key(line.at);
    if (key !== day) {
      const words = moments.day(line.at);
      rows.push({
        key: `d:${key}`,
        look: words,
        draw: n => {
          n.className = 'dayline';
          n.replaceChildren(words);
        },
      });
      day = key;
      before = null;
    }
    if (!divided && divider > 0 && line.seq > divider && line.by !== me && !item) {
      rows.push({
        key: 'new',
        look: 'new',
        draw: n => {
          n.className = 'dayline newline';
          n.replaceChildren(word('unreadFrom'));
        },
      });
      divided = true;
      before = null;
    }
    const same =
      before?.kind === 'message' &&
      line.kind === 'message' &&
      before.by === line.by &&
      Date.parse(line.at) - Date.parse(before.at) < TOGETHER_MS &&
      !line.replyTo &&
      !line.priority &&
      !line.edited;
    const readBy: [number, number] | null =
      line === lastOwn?.line ? [others.filter(p => (p.readSeq ?? 0) >= line.seq).length, others.length] : null;
    const look: Look = { line, item, same, readBy, gone: leaving(line.seq) };
    const quoted = line.replyTo ? scene.find(line.replyTo) : null;
    rows.push({
      key: line.clientId,
      look: JSON.stringify([look, quoted?.text, quoted?.deleted, line.by === me ? '' : nameOf(scene, line.by)]),
      draw: n => {
        n.dataset['key'] = line.clientId;
        n.dataset['seq'] = String(line.seq);
        drawLine(n, look, scene);
        drawn(n);
      },
    });
    before = line;
  }
  return rows;
}
