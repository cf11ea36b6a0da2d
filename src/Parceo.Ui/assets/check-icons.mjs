// Every icon a page names is in icons.txt: one that is not would be an empty square that no compiler sees.
import { readdirSync, readFileSync } from 'node:fs';

const root = '../../..',
  sprite = new Set(readFileSync('icons.txt', 'utf8').split(/\s+/));
const files = ['src', 'modules'].flatMap(folder => {
  try {
    return readdirSync(`${root}/${folder}`, { recursive: true })
      .filter(f => /\.(razor|cs)$/.test(f) && !/[\\/](obj|bin|node_modules)[\\/]/.test(f))
      .map(f => `${root}/${folder}/${f}`);
  } catch {
    return [];
  }
});
let missing = 0;
for (const file of files) {
  for (const [, inMarkup, inMenu] of readFileSync(file, 'utf8').matchAll(
    /(?:<Icon Name|\bIcon)="([a-z0-9-]+)"|MenuItem\("[^"]*", "([a-z0-9-]+)"/g,
  )) {
    const name = inMarkup ?? inMenu;
    if (name && !sprite.has(name)) {
      missing++;
      console.log(`${file.slice(root.length + 1)}: « ${name} » is not in icons.txt`);
    }
  }
}
process.exitCode = missing ? 1 : 0;
