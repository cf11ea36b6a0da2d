// Builds ../wwwroot: one stylesheet, the core script, one script per island, the icon sprite; in a folder each, what modules bring. Run by `dotnet build`, or by hand: npm run build.
import { build } from 'esbuild';
import * as sass from 'sass';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Bundles `entryPoints`; whatever is deleted elsewhere leaves them whole, so nothing of another module may be in them. */
async function bundle(folder, options) {
  const { metafile } = await build({ ...common, ...options, format: 'esm', metafile: true });
  const foreign = Object.keys(metafile.inputs).find(f => f.startsWith('../../../modules/') && !f.startsWith(`${folder}/`));
  if (foreign) throw new Error(`${folder} reaches into another module: ${foreign}`);
}

await bundle('src', { entryPoints: files('src', '.ts') }); // helpers live in src/lib
for (const { name, folder } of modules)
  await bundle(folder, { ...common, entryPoints: [...files(folder, '.ts'), ...files(folder, '.css')], outdir: `${out}/${name}` });

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
