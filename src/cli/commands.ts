/** The commands, in the order of `--help`. */
import { buildCommand } from './build.ts';
import { checkCommand } from './check.ts';
import { deployCommand } from './deploy.ts';
import { devCommand } from './dev.ts';
import { dueCommand } from './due.ts';
import { importCommand } from './import.ts';
import { initCommand } from './init.ts';
import { newCommand } from './new.ts';
import type { Command } from './options.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { upgradeContentCommand } from './upgrade-content.ts';
import { watchCommand } from './watch.ts';
import { wireCommand } from './wire.ts';

export const commands: Readonly<Record<string, Command>> = {
  init: initCommand,
  dev: devCommand,
  build: buildCommand,
  check: checkCommand,
  serve: serveCommand,
  deploy: deployCommand,
  due: dueCommand,
  watch: watchCommand,
  schema: schemaCommand,
  new: newCommand,
  import: importCommand,
  wire: wireCommand,
  'upgrade-content': upgradeContentCommand,
};
