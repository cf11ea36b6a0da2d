// Weighs what a page downloads, compressed as the server does, and fails over budget (kB of 1000 bytes, brotli).
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const dir = '../wwwroot';
const budget = {
  'parceo.css': 45,
  'parceo.js': 10,
  'search.js': 8,
  'combobox.js': 5,
  'live.js': 25,
  'passkey.js': 4,
  'push.js': 3,
  'chime.js': 1,
  'chat.js': 30,
  'recipients.js': 3,
  'voice.js': 3,
  'chat.css': 6,
  'icons.svg': 8,
  font: 29,
};
const weigh = f => {
  const b = readFileSync(`${dir}/${f}`);
  return (f.endsWith('.woff2') ? b.length : brotliCompressSync(b).length) / 1000;
};

const files = readdirSync(dir, { recursive: true }).filter(f => /\.(css|js|svg|woff2)$/.test(f) && !/favicon|control-/.test(f));
let over = 0,
  scripts = 0; // chat.js stands on the pages of messages alone, in place of search.js, combobox.js and the like; voice.js is fetched by whoever records
for (const f of files) {
  const limit = budget[f.endsWith('.woff2') ? 'font' : f],
    size = weigh(f);
  if (f.endsWith('.js') && f !== 'chat.js' && f !== 'voice.js') scripts += size;
  if (limit === undefined || size > limit) over++;
  console.log(`${size.toFixed(1).padStart(6)} / ${limit ?? 'no budget'} kB  ${f}${limit === undefined || size > limit ? '  OVER' : ''}`);
}
if (scripts > 45) over++;
console.log(`${scripts.toFixed(1).padStart(6)} / 45 kB  all scripts${scripts > 45 ? '  OVER' : ''}`);
process.exitCode = over ? 1 : 0;
