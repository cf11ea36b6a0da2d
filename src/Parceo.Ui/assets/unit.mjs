// Runs tests/*.test.ts, ours and each module's: bundled first, since Node 20 reads no types.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { files, modules, shared } from './modules.mjs';

const out = mkdtempSync(join(tmpdir(), 'parceo-ui-'));
try {
  const tests = ['tests', ...modules.map(m => `${m.folder}/tests`)].flatMap(folder => files(folder, '.test.ts'));
  await build({
    ...shared,
    entryPoints: tests,
    format: 'esm',
    platform: 'node',
    outdir: out,
    entryNames: '[dir]/[name]',
    outExtension: { '.js': '.mjs' },
  });
  process.exitCode = spawnSync(process.execPath, ['--test', out], { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
