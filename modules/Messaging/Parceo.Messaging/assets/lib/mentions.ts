import type { Person } from './wire';

const TITLE = /^(dr|pr|m|mme|me)\.?$/,
  MOST = 8;

/** Whom « @words » may mean: whoever has it as first name, then by the other names. */
export function named(members: readonly Person[], typed: string): Person[] {
  const words = plain(typed);
  if (/\s\s|\s$/.test(words) && !members.some(p => plain(p.name).startsWith(words))) return [];
  // First names first: « @fa » is Farid before Mme Faure.
  const rank = (p: Person): number => {
    const all = plain(p.name).split(/[\s-]+/),
      first = TITLE.test(all[0] ?? '') ? 1 : 0,
      at = all.findIndex((_, i) => all.slice(i).join(' ').startsWith(words));
    return at < 0 ? -1 : at <= first ? 0 : 1;
  };
  return members
    .filter(p => rank(p) >= 0)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST);
}

/** Without accents or case: « é » finds « E ». */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\u00A0/g, ' ');
