/** Preload script: a folder cannot be moved to a path that contains NO_MOVE. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { renameSync } = fs;
fs.renameSync = (from, to) => {
  if (!String(to).includes(process.env.NO_MOVE)) return renameSync(from, to);
  const error = new Error(`EACCES: permission denied, rename '${from}' -> '${to}'`);
  throw Object.assign(error, { code: 'EACCES', errno: -13, syscall: 'rename', path: from });
};
syncBuiltinESMExports();
