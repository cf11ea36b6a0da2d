import { isLine, type Entry, type History, type Line } from './wire';

/** Lines kept at once: more are asked for again when one scrolls there, so that a long conversation costs no more than a short one. */
const MOST = 300,
  MOST_ABOUT = 2000;

/** What an entry makes of the line it is about. Same entry twice, same line. */
export function fold(line: Line, e: Pick<Entry, 'kind' | 'by' | 'at' | 'body'>): Line {
  if (line.deleted) return line;
  switch (e.kind) {
    case 'edit':
      return { ...line, text: e.body?.text ?? line.text, mentions: e.body?.mentions ?? [], edited: e.at };
    case 'delete':
      return { ...line, deleted: true, text: null, files: [], mentions: [], reactions: [] };
    case 'react':
    case 'unreact': {
      const emoji = e.body?.emoji ?? '',
        known = line.reactions.find(r => r.emoji === emoji);
      const people = (known?.people ?? []).filter(p => p !== e.by);
      if (e.kind === 'react') people.push(e.by);
      const reactions = known ? line.reactions.map(r => (r === known ? { emoji, people } : r)) : [...line.reactions, { emoji, people }];
      return { ...line, reactions: reactions.filter(r => r.people.length > 0) };
    }
    case 'confirm':
      return line.confirmedBy.includes(e.by)
        ? line
        : { ...line, confirmedBy: [...line.confirmedBy, e.by], confirmedAt: [...line.confirmedAt, e.at] };
    case 'take':
      return { ...line, takenBy: e.by };
    case 'release':
      return line.takenBy === e.by ? { ...line, takenBy: null } : line;
    case 'mailState':
      return { ...line, state: e.body?.state ?? null, code: e.body?.code ?? null };
    default:
      return line;
  }
}

/** The line that an entry begins. `members`: whom a priority message asks when it names nobody. */
export function lineOf(e: Entry, members: readonly string[]): Line {
  const b = e.body ?? {},
    mentions = b.mentions ?? [];
  return {
    seq: e.seq,
    id: e.id,
    kind: e.kind,
    by: e.by,
    at: e.at,
    clientId: e.clientId,
    text: b.text ?? null,
    mentions,
    replyTo: b.replyTo ?? null,
    topic: b.topic ?? null,
    priority: b.priority ?? false,
    files: b.files ?? [],
    edited: null,
    deleted: e.kind === 'message' && !e.body,
    reactions: [],
    confirmedBy: [],
    confirmedAt: [],
    askedOf: b.priority ? (mentions.length > 0 ? mentions : members).filter(p => p !== e.by) : [],
    takenBy: null,
    person: b.person ?? null,
    title: b.title ?? null,
    mail: b.mail ?? null,
    state: b.mail ? 'waiting' : null,
    code: null,
    outside: b.outside ?? null,
  };
}

/** What this page knows of one conversation: a stretch of its lines, and the entry up to which it has heard everything. */
export class Thread {
  last = 0;
  lines: Line[] = [];
  older = false;
  newer = false;
  /** Entries about lines, heard here: for pages that were folded before them. */
  #about: Entry[] = [];
  /** By line: entries up to there are in it. */
  #folded = new Map<number, number>();

  /** `topic`: only its lines are shown; everything is heard all the same. */
  constructor(
    readonly id: string,
    private readonly members: () => readonly string[],
    readonly topic: string | null = null,
  ) {}

  get oldest(): number {
    return this.lines[0]?.seq ?? 0;
  }
  get newest(): number {
    return this.lines.at(-1)?.seq ?? 0;
  }

  find(seq: number): Line | undefined {
    return this.lines.find(l => l.seq === seq);
  }

  /** Whether what is of this topic is shown. */
  concerns(topic: string | null | undefined): boolean {
    return this.topic === null || topic === this.topic;
  }

  /** Another stretch in place of this one. */
  show(page: History): void {
    this.lines = [];
    this.#folded.clear();
    this.newer = page.newer;
    this.#put(page);
    this.older = page.older;
    // What was heard after this page was made is asked for again: sooner or later all of it is here.
    this.last = page.newer ? Math.max(this.last, page.upTo) : page.upTo;
  }

  addOlder(page: History): void {
    this.#put(page);
    this.older = page.older;
    if (this.lines.length > MOST) {
      this.lines.length = MOST;
      this.newer = true;
    }
  }

  addNewer(page: History): void {
    this.#put(page);
    this.newer = page.newer;
    // The end is reached: what came after that page was made follows by its numbers.
    if (!page.newer) this.last = Math.min(this.last, page.upTo);
    if (this.lines.length > MOST) {
      this.lines = this.lines.slice(-MOST);
      this.older = true;
    }
  }

  /** A pushed entry: taken, known already, or after a gap that has to be fetched first. */
  take(e: Entry): 'taken' | 'known' | 'gap' {
    if (e.seq <= this.last) return 'known';
    if (e.seq > this.last + 1) return 'gap';
    this.#apply(e);
    return 'taken';
  }

  /** Fetched entries: what is missing between them does not exist for this person. */
  fill(entries: readonly Entry[], upTo = 0): void {
    for (const e of entries) if (e.seq > this.last) this.#apply(e);
    this.last = Math.max(this.last, upTo);
  }

  #apply(e: Entry): void {
    this.last = e.seq;
    if (isLine(e.kind)) {
      if (this.newer || this.find(e.seq) || !this.concerns(e.body?.topic)) return; // it is after the stretch that is shown, or elsewhere
      this.lines.push(lineOf(e, this.members()));
      this.#folded.set(e.seq, e.seq);
      if (this.lines.length > MOST * 2) {
        this.lines = this.lines.slice(-MOST);
        this.older = true;
      }
      return;
    }
    this.#about.push(e);
    if (this.#about.length > MOST_ABOUT) this.#about.shift();
    const at = this.lines.findIndex(l => l.seq === e.target);
    if (at >= 0) this.#fold(at, e);
  }

  #fold(at: number, e: Entry): void {
    const line = this.lines[at];
    if (!line || e.seq <= (this.#folded.get(line.seq) ?? 0)) return;
    this.lines[at] = fold(line, e);
    this.#folded.set(line.seq, e.seq);
  }

  #put(page: History): void {
    const known = new Set(this.lines.map(l => l.seq));
    for (const line of page.messages) {
      if (known.has(line.seq)) continue;
      this.lines.push(line);
      this.#folded.set(line.seq, page.upTo);
    }
    this.lines.sort((a, b) => a.seq - b.seq);
    for (const e of this.#about) {
      const at = this.lines.findIndex(l => l.seq === e.target);
      if (at >= 0) this.#fold(at, e);
    }
  }
}
