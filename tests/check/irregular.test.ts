/** FIFOs, sockets and devices in place of files: they are reported, and never opened. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { openRegular, readBytes, readBytesLater } from '../../src/disk/files.ts';
import { buildSite, frontMatter, makeSite, temporaryFolder } from '../helpers/site.ts';

function makeFifo(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  expect(spawnSync('mkfifo', [path]).status).toBe(0);
}

const article = `${frontMatter()}![A picture](a.png "Photo: Jane Doe")\n`;
const message = (file: string) =>
  `${file} error file-unreadable This file or folder cannot be read (it is a FIFO or a socket or a device). Fix its permissions, or replace it with a regular file.`;

test
  .runIf(process.platform !== 'win32')
  .each([
    'content/articles/2025/one.md',
    'content/articles/2025/a.png',
    'content/authors/jane.md',
    'content/site.yaml',
    'public/robots.txt',
    'templates/home.html',
  ])('a FIFO in place of %s', async path => {
  const root = makeSite({ 'content/articles/2025/one.md': article });
  makeFifo(join(root, path));
  const { ok, diagnostics } = await buildSite(root);
  expect(ok).toBe(false);
  expect(diagnostics.map(formatDiagnostic).filter(line => line.includes('file-unreadable'))).toEqual([
    message(path),
  ]);
});

test.runIf(process.platform !== 'win32')('a link to a device in public/', async () => {
  const root = makeSite({ 'content/articles/2025/one.md': frontMatter(), 'public/a.txt': 'A' });
  symlinkSync('/dev/zero', join(root, 'public/zero'));
  const { diagnostics } = await buildSite(root);
  expect(diagnostics.map(formatDiagnostic)).toContain(message('public/zero'));
});

test.runIf(process.platform !== 'win32')('a FIFO that appears after the files were listed', async () => {
  const path = join(temporaryFolder(), 'fifo');
  makeFifo(path);
  const refused = /it is a FIFO/;
  expect(() => openRegular(path)).toThrow(refused);
  expect(() => readBytes(path)).toThrow(refused);
  await expect(readBytesLater(path)).rejects.toThrow(refused);
});
