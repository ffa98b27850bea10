// Bundles the page's script and style into one file each: node bundle.js FOLDER
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const folder = process.argv[2] ?? 'dist';
const here = path => fileURLToPath(new URL(path, import.meta.url));

await build({
  entryPoints: { report: here('src/report.js') },
  outdir: folder,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2021',
  charset: 'ascii',
  legalComments: 'inline',
  logLevel: 'warning',
});
await build({
  entryPoints: { report: here('styles/report.css') },
  outdir: folder,
  bundle: true,
  minify: true,
  logLevel: 'warning',
});
