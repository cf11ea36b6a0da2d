// Days and times of messages, in the zone of the place and not of the device.

export class Moments {
  readonly #time: Intl.DateTimeFormat;
  readonly #key: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #dayOfYear: Intl.DateTimeFormat;

  constructor(
    zone: string,
    readonly today = 'Aujourd’hui',
    readonly yesterday = 'Hier',
    language = 'fr-FR',
  ) {
    this.#time = new Intl.DateTimeFormat(language, { timeZone: zone, hour: '2-digit', minute: '2-digit' });
    this.#key = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    this.#day = new Intl.DateTimeFormat(language, { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long' });
    this.#dayOfYear = new Intl.DateTimeFormat(language, { timeZone: zone, day: 'numeric', month: 'long', year: 'numeric' });
  }

  /** « 18:12 » */
  time(at: string): string {
    return this.#time.format(new Date(at));
  }

  /** « 18:12 » today, else « 23/11/2026 » */
  brief(at: string, now = new Date()): string {
    return this.key(at) === this.key(now) ? this.time(at) : this.key(at).split('-').reverse().join('/');
  }

  /** Midnight of a day of the place, or of some days later; empty when it is no day. */
  start(day: string, later = 0): string {
    const guess = Date.parse(`${day}T00:00:00Z`) + later * 86_400_000;
    if (Number.isNaN(guess)) return '';
    // The clock there at the guess says how far it is from UTC; once more, since that may change in between.
    const ahead = (at: number): number => Date.parse(`${this.#key.format(at)}T${this.#time.format(at)}:00Z`) - at;
    return new Date(guess - ahead(guess - ahead(guess))).toISOString();
  }

  /** « 2026-11-23 » */
  key(at: string | Date): string {
    return this.#key.format(new Date(at));
  }

  /** « Aujourd’hui », « Hier », « Lundi 23 novembre », « Mardi 1er décembre », « 3 mars 2025 » */
  day(at: string, now = new Date()): string {
    const key = this.key(at);
    if (key === this.key(now)) return this.today;
    if (key === this.key(new Date(now.getTime() - 86_400_000))) return this.yesterday;
    const words = (key.slice(0, 4) === this.key(now).slice(0, 4) ? this.#day : this.#dayOfYear).format(new Date(at));
    // « mardi 1er décembre »: the browser writes 1.
    return (words.charAt(0).toUpperCase() + words.slice(1)).replace(/(^|\s)1(?=\s)/, '$11er');
  }
}
