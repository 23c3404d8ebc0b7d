/** Preload script: the system's limit on watched files is reached. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

fs.watch = path => {
  const error = new Error(`ENOSPC: System limit for number of file watchers reached, watch '${path}'`);
  throw Object.assign(error, { code: 'ENOSPC', errno: -28, syscall: 'watch', path });
};
syncBuiltinESMExports();
