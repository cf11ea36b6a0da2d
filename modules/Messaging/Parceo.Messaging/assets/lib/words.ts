// Texts of the island, sent by its page: other pages do not carry them.

let sent: Record<string, string> = {};

/** Takes the texts of an island of the page, beside those of others: they share this file. */
export function learn(words: Record<string, string>): void {
  sent = { ...sent, ...words };
}

/** The text called `name`, its holes {0}, {1}… filled. */
export function word(name: string, ...values: (string | number)[]): string {
  return (sent[name] ?? name).replace(/\{(\d)\}/g, (_, i: string) => String(values[Number(i)] ?? ''));
}

/** One form up to one, another for several: `name` + « One » or « Many ». */
export const count = (name: string, n: number): string => word(n < 2 ? `${name}One` : `${name}Many`, n);

/** The sentence for a refusal. */
export const refusal = (code: string): string => sent[`!${code}`] ?? word('refused');

/** « ÉF » for « Élise Faure »: as the server's Avatar. */
export function initials(name: string): string {
  const words = name
    .split(/[\s\u00A0\u202F-]+/)
    .filter(w => w && !/^(Dr|Pr|M\.|Mme|Me|du|de|des|la|le|les)$/.test(w) && /^[\p{L}\p{N}]/u.test(w));
  return words.length === 0 ? '' : ((words[0] ?? '').charAt(0) + (words.length > 1 ? (words.at(-1) ?? '').charAt(0) : '')).toUpperCase();
}

/** « 1,4 Mo », « 12 ko »: as the server's FrenchText. */
export function size(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))}\u00A0ko`
    : `${(bytes / 1e6).toFixed(1).replace('.', ',').replace(',0', '')}\u00A0Mo`;
}
