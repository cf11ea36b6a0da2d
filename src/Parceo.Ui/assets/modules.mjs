// Where modules keep their browser code: modules/X/Parceo.X/assets holds islands (*.ts) and styles (*.css) at its top, bundled
// to wwwroot/x/; lib/ is theirs alone, tests/ is run by `npm test`. Nothing lists the modules: a folder that goes, goes.
import { existsSync, readdirSync } from 'node:fs';

const root = '../../../modules';

/** { name: 'messaging', folder } of every module with assets. */
export const modules = (existsSync(root) ? readdirSync(root) : [])
  .map(name => ({ name: name.toLowerCase(), folder: `${root}/${name}/Parceo.${name}/assets` }))
  .filter(m => existsSync(m.folder));

/** The files of `folder` that end so. */
export const files = (folder, ending) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(f => f.endsWith(ending) && !f.endsWith('.d.ts'))
        .map(f => `${folder}/${f}`)
    : [];

/** What esbuild must know wherever a file stands: modules name shared parts « @parceo/ui/page ». */
export const shared = { bundle: true, alias: { '@parceo/ui': './src/lib' }, tsconfig: 'tsconfig.json', logLevel: 'warning' };
