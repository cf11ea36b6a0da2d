/** Milliseconds before the next try: 0, 1, 2, 4, 8, then 10 s, a tenth at random: a whole centre must not come back in the same second. */
export const wait = (tries: number, chance = Math.random()): number =>
  tries === 0 ? 0 : Math.min(10_000, 500 * 2 ** tries) * (0.9 + chance * 0.2);
