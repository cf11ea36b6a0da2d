import type { Head, Person } from './wire';

/** The head of a conversation as it is known here: who is in it, what they have read, its topics. */
export class ConversationHead {
  head!: Head;
  #people = new Map<string, Person>();

  constructor(
    head: Head,
    readonly me: string,
  ) {
    this.learn(head);
  }

  get members(): Person[] {
    return this.head.people.filter(p => p.in);
  }
  person(id: string): Person | undefined {
    return this.#people.get(id);
  }
  topic(id: string): string | undefined {
    return this.head.topics.find(t => t.id === id)?.title;
  }

  learn(head: Head): void {
    // What was read while the answer was on its way counts.
    for (const p of head.people) p.readSeq = Math.max(p.readSeq ?? -1, this.#people.get(p.id)?.readSeq ?? -1);
    this.head = head;
    this.#people = new Map(head.people.map(p => [p.id, p]));
  }

  /** Somebody has read further; false when that was known. */
  read(id: string, seq: number): boolean {
    const p = this.#people.get(id);
    if (!p || (p.readSeq ?? -1) >= seq) return false;
    p.readSeq = seq;
    return true;
  }

  /** Who answers has read: of those who let it be seen. */
  wrote(id: string, seq: number): void {
    const p = this.#people.get(id);
    if (p && p.readSeq != null && p.readSeq >= 0) this.read(id, seq);
  }
}
