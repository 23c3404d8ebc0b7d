/** Preload script: a folder cannot be moved to a path that contains NO_MOVE. NO_MOVE_CODE is the error's code. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { renameSync } = fs;
fs.renameSync = (from, to) => {
  if (!String(to).includes(process.env.NO_MOVE)) return renameSync(from, to);
  const code = process.env.NO_MOVE_CODE ?? 'EACCES';
  const error = new Error(`${code}: permission denied, rename '${from}' -> '${to}'`);
  throw Object.assign(error, { code, syscall: 'rename', path: from });
};
syncBuiltinESMExports();
