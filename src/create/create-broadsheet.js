#!/usr/bin/env node
// Runs `broadsheet init`, so that `npm create broadsheet@latest` does the same.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const manifest = createRequire(import.meta.url).resolve('broadsheet/package.json');
const command = [join(dirname(manifest), 'lib/cli.js'), 'init', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
process.exitCode = status ?? 1;
