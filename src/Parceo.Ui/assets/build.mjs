// Builds ../wwwroot: one stylesheet, the core script, one script per island, the icon sprite; in a folder each, what modules bring. Run by `dotnet build`, or by hand: npm run build.
import { build } from 'esbuild';
import * as sass from 'sass';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parse } from 'node:path';
import { files, modules, shared } from './modules.mjs';

const out = '../wwwroot';
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const common = {
  ...shared,
  minify: true,
  outdir: out,
  target: ['chrome123', 'firefox120', 'safari17.5'],
  charset: 'utf8',
  legalComments: 'none',
};

// Tabler's sources leave its custom properties bare and its own build prefixes them; so do we.
const tabler = sass.compile('styles/tabler.scss', { loadPaths: ['node_modules'] }).css.replace(/(?<![\w-])--(?=[a-z])/g, '--tblr-');

await build({
  ...common,
  entryPoints: { parceo: 'parceo:css' },
  loader: { '.woff2': 'file' },
  assetNames: 'h/[name]-[hash]', // h = hashed names: served as immutable
  plugins: [
    {
      name: 'tabler-then-ours',
      setup(b) {
        b.onResolve({ filter: /^parceo:css$/ }, () => ({ path: 'parceo.css', namespace: 'parceo' }));
        b.onLoad({ filter: /.*/, namespace: 'parceo' }, () => ({
          contents: '@import "parceo:tabler"; @import "./styles/main.css";',
          loader: 'css',
          resolveDir: '.',
        }));
        b.onResolve({ filter: /^parceo:tabler$/ }, () => ({ path: 'tabler.css', namespace: 'tabler' }));
        b.onLoad({ filter: /.*/, namespace: 'tabler' }, () => ({ contents: tabler, loader: 'css' }));
      },
    },
  ],
});

// The content policy allows no data: addresses, so the ticks and chevrons become files.
const css = readFileSync(`${out}/parceo.css`, 'utf8').replace(/url\("data:image\/svg\+xml,([^"]*)"\)/g, (_, encoded) => {
  const svg = decodeURIComponent(encoded),
    name = `h/control-${createHash('sha256').update(svg).digest('hex').slice(0, 8)}.svg`;
  writeFileSync(`${out}/${name}`, svg);
  return `url(${name})`;
});
if (css.includes('data:')) throw new Error('a data: address is left in parceo.css');
writeFileSync(`${out}/parceo.css`, css);

// Islands and the styles of modules, in one go: what several use is a file of its own, loaded once.
const sources = [{ folder: 'src', out: '.' }, ...modules.map(m => ({ folder: m.folder, out: m.name }))];
const { metafile } = await build({
  ...common,
  entryPoints: sources.flatMap(({ folder, out }) =>
    [...files(folder, '.ts'), ...files(folder, '.css')].map(f => ({ in: f, out: `${out}/${parse(f).name}` })),
  ),
  format: 'esm',
  splitting: true,
  chunkNames: 'h/shared-[hash]',
  metafile: true,
});
// Whatever module is deleted, the others' files stay whole: none may reach into another.
const home = file => file.match(/^\.\.\/\.\.\/\.\.\/modules\/[^/]+\//)?.[0];
for (const [file, { imports }] of Object.entries(metafile.inputs)) {
  const foreign = imports.find(i => home(i.path) && home(i.path) !== home(file));
  if (foreign) throw new Error(`${file} reaches into another module: ${foreign.path}`);
}

const icons = readFileSync('icons.txt', 'utf8').split(/\s+/).filter(Boolean);
const symbols = icons.map(name => {
  const svg = readFileSync(`node_modules/@tabler/icons/icons/outline/${name}.svg`, 'utf8');
  const paths = svg
    .slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
    .replace(/\s*\n\s*/g, '')
    .replaceAll(' />', '/>');
  return `<symbol id="${name}" viewBox="0 0 24 24">${paths}</symbol>`;
});
writeFileSync(`${out}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`);
copyFileSync('node_modules/@fontsource-variable/source-sans-3/LICENSE', `${out}/h/source-sans-3-LICENSE.txt`); // the font's licence travels with it
copyFileSync('favicon.svg', `${out}/favicon.svg`);
// What draws a PDF is served as its makers publish it, and fetched when one is opened; without WebAssembly, which the content policy allows no more than eval.
mkdirSync(`${out}/pdf`);
for (const file of [
  'legacy/build/pdf.min.mjs',
  'legacy/build/pdf.worker.min.mjs',
  'wasm/jbig2_nowasm_fallback.js',
  'wasm/openjpeg_nowasm_fallback.js',
  'LICENSE',
  'wasm/LICENSE_JBIG2',
  'wasm/LICENSE_OPENJPEG',
])
  copyFileSync(`node_modules/pdfjs-dist/${file}`, `${out}/pdf/${parse(file).base}${parse(file).ext ? '' : '.txt'}`);
cpSync('app', out, { recursive: true }); // the installable app: its manifest and icons
