/**
 * Preload script: files whose path contains UNREADABLE can be listed but not read, as if another account
 * owned them.
 */
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { UNREADABLE } = process.env;

function refuse(syscall, path) {
  if (!String(path).includes(UNREADABLE)) return;
  const error = new Error(`EACCES: permission denied, ${syscall} '${path}'`);
  throw Object.assign(error, { code: 'EACCES', errno: -13, syscall, path: String(path) });
}

const { readFileSync, readdirSync } = fs;
fs.readFileSync = (path, ...more) => {
  refuse('open', path);
  return readFileSync(path, ...more);
};
fs.readdirSync = (path, ...more) => {
  refuse('scandir', path);
  return readdirSync(path, ...more);
};
const { openSync } = fs;
fs.openSync = (path, ...more) => {
  refuse('open', path);
  return openSync(path, ...more);
};
const { open } = promises;
promises.open = async (path, ...more) => {
  refuse('open', path);
  return open(path, ...more);
};
syncBuiltinESMExports();
