// Weighs what a page downloads, compressed as the server does, and fails over budget (kB of 1000 bytes, brotli).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { modules } from './modules.mjs';

const dir = '../wwwroot';
const budget = {
  'parceo.css': 45,
  'parceo.js': 10,
  'search.js': 8,
  'combobox.js': 5,
  'live.js': 25,
  'chime.js': 1,
  'palette.css': 1,
  'palette.js': 3, // both fetched when it is first opened
  'icons.svg': 8,
  shared: 20, // what several islands use, each a file
  font: 29,
};
// A module says in its own assets/budget.json what its files may weigh.
for (const { name, folder } of modules) {
  if (!existsSync(`${folder}/budget.json`)) continue;
  for (const [file, kB] of Object.entries(JSON.parse(readFileSync(`${folder}/budget.json`, 'utf8')))) budget[`${name}/${file}`] = kB;
}
const weigh = f => {
  const b = readFileSync(`${dir}/${f}`);
  return (f.endsWith('.woff2') ? b.length : brotliCompressSync(b).length) / 1000;
};

const files = readdirSync(dir, { recursive: true }).filter(f => /\.(css|js|svg|woff2)$/.test(f) && !/favicon|control-|^pdf\b/.test(f));
let over = 0,
  scripts = 0; // ours: a module's own stand on its own pages only
for (const f of files) {
  const limit = budget[f.endsWith('.woff2') ? 'font' : f.startsWith('h/shared-') ? 'shared' : f],
    size = weigh(f);
  if (f.endsWith('.js') && (!f.includes('/') || f.startsWith('h/'))) scripts += size;
  if (limit === undefined || size > limit) over++;
  console.log(`${size.toFixed(1).padStart(6)} / ${limit ?? 'no budget'} kB  ${f}${limit === undefined || size > limit ? '  OVER' : ''}`);
}
if (scripts > 45) over++;
console.log(`${scripts.toFixed(1).padStart(6)} / 45 kB  all shared scripts${scripts > 45 ? '  OVER' : ''}`);
process.exitCode = over ? 1 : 0;
