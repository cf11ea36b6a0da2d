/** Pages of a PDF that are shown; whoever needs the others downloads it. */
export const MOST_PAGES = 100;

/** Characters of a page that stand beside it for whoever listens. */
export const MOST_WORDS = 20_000;

const MOST_PIXELS = 8e6, // 32 Mo
  MOST_DENSITY = 2,
  TALLEST = 10; // as its width: a strip is shown whole, smaller

/** How a page is drawn on a sheet of `width`: what the file says of its size is not trusted. */
export function fit(page: { width: number; height: number }, width: number, density: number): { ratio: string; scale: number } {
  const [w, h] = [Math.max(1, page.width), Math.max(1, page.height)],
    shown = Math.min(width / w, (width * TALLEST) / h);
  return {
    ratio: `${w} / ${Math.min(h, w * TALLEST)}`,
    scale: Math.min(shown * Math.min(MOST_DENSITY, density), Math.sqrt(MOST_PIXELS / (w * h))),
  };
}
