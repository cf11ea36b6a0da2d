// Shapes of docs/messaging-protocol.md.

export type Kind =
  | 'message'
  | 'edit'
  | 'delete'
  | 'react'
  | 'unreact'
  | 'confirm'
  | 'take'
  | 'release'
  | 'join'
  | 'leave'
  | 'title'
  | 'topic'
  | 'resolve'
  | 'reopen'
  | 'assign'
  | 'done'
  | 'undone'
  | 'mail'
  | 'mailState';

export interface Attached {
  id: string;
  name: string;
  type: string;
  size: number;
  voice: boolean;
  /** How long a voice note lasts. */
  seconds?: number | null;
}

/** Where a message went that left by MSSanté, and who answered from there. */
export interface MailTo {
  to: string;
  name: string;
  from: string;
  subject: string;
}
export interface Outsider {
  name: string;
  address: string;
  mailId: string;
  files: number;
}

export interface Body {
  text?: string | null;
  mentions?: string[] | null;
  replyTo?: number | null;
  topic?: string | null;
  priority?: boolean;
  files?: Attached[] | null;
  emoji?: string | null;
  person?: string | null;
  title?: string | null;
  mail?: MailTo | null;
  state?: string | null;
  code?: string | null;
  outside?: Outsider | null;
}

/** One event of a conversation's log. */
export interface Entry {
  conversationId: string;
  seq: number;
  id: string;
  kind: Kind;
  by: string;
  at: string;
  clientId: string;
  target?: number | null;
  body?: Body | null;
}

export interface Reaction {
  emoji: string;
  people: string[];
}

/** A line of the thread with all that came later folded in. */
export interface Line {
  seq: number;
  id: string;
  kind: Kind;
  by: string;
  at: string;
  clientId: string;
  text: string | null;
  mentions: string[];
  replyTo: number | null;
  topic: string | null;
  priority: boolean;
  files: Attached[];
  edited: string | null;
  deleted: boolean;
  reactions: Reaction[];
  confirmedBy: string[];
  confirmedAt: string[];
  askedOf: string[];
  takenBy: string | null;
  person: string | null;
  title: string | null;
  mail?: MailTo | null;
  state?: string | null;
  code?: string | null;
  outside?: Outsider | null;
}

export interface History {
  messages: Line[];
  upTo: number;
  first: number;
  older: boolean;
  newer: boolean;
}

export interface Person {
  id: string;
  name: string;
  line: string;
  role: string;
  in: boolean;
  away?: string | null;
  coveredBy?: string | null;
  readSeq?: number | null;
}

export interface Topic {
  id: string;
  title: string;
  resolved: boolean;
  followed: boolean;
}

export interface Head {
  line: {
    id: string;
    kind: string;
    title: string;
    line: string;
    otherId?: string | null;
    lastSeq: number;
    readSeq: number;
    unread: number;
    role: string;
  };
  people: Person[];
  topics: Topic[];
  mayManage: boolean;
  draft?: string | null;
  enterSends?: boolean;
}

/** What is posted; `files` are sent by their ids. */
export interface Posting {
  conversationId: string;
  clientId: string;
  kind: Kind;
  target?: number;
  text?: string;
  mentions?: string[];
  replyTo?: number;
  topic?: string;
  priority?: boolean;
  files?: Attached[];
  emoji?: string;
}

export interface Ack {
  seq: number;
  id: string;
  at: string;
}

/** The server said no, for good: sending again changes nothing. */
export class Refused extends Error {
  /** `said`: why, in the server's own sentence. */
  constructor(
    readonly code: string,
    readonly said = '',
  ) {
    super(code);
  }
}

/** Whether an entry of this kind stands in the thread as a line of its own. */
export const isLine = (kind: Kind): boolean =>
  !['edit', 'delete', 'react', 'unreact', 'confirm', 'take', 'release', 'mailState'].includes(kind);

/** As the server is asked. */
export function command(p: Posting): Record<string, unknown> {
  const { files, ...rest } = p;
  return files?.length ? { ...rest, fileIds: files.map(f => f.id) } : rest;
}

/** The entry that an acknowledgement stands for. */
export function entryOf(p: Posting, ack: Ack, by: string): Entry {
  const body: Body = {
    text: p.text ?? null,
    mentions: p.mentions ?? null,
    replyTo: p.replyTo ?? null,
    topic: p.topic ?? null,
    priority: p.priority ?? false,
    files: p.files ?? null,
    emoji: p.emoji ?? null,
  };
  return {
    conversationId: p.conversationId,
    seq: ack.seq,
    id: ack.id,
    kind: p.kind,
    by,
    at: ack.at,
    clientId: p.clientId,
    target: p.target ?? null,
    body,
  };
}
