// Runs tests/*.test.ts: bundled first, since Node 20 reads no types.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const out = mkdtempSync(join(tmpdir(), 'parceo-ui-'));
try {
  const tests = readdirSync('tests')
    .filter(f => f.endsWith('.test.ts'))
    .map(f => `tests/${f}`);
  await build({
    entryPoints: tests,
    bundle: true,
    format: 'esm',
    platform: 'node',
    outdir: out,
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  });
  process.exitCode = spawnSync(process.execPath, ['--test', out], { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
