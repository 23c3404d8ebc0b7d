/** Measures the time from writing an article to its new text in the page that `broadsheet dev` serves. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { articleFile, pathOf } from './corpus.mjs';
import { cli } from './generators.mjs';

const edits = 12;
const patience = 60_000;

/**
 * Requests the page again 2 ms after each response, starting at the end of the write. The time that a browser
 * needs to show the page is not included.
 *
 * @param {import('./corpus.mjs').Corpus} corpus
 * @returns {Promise<{ times: number[], start: number } | { problem: string }>} milliseconds: `times` for
 *   each edit except the first two, `start` from the start of the command to the first page
 */
export async function measureDev(site, corpus) {
  const port = await freePort();
  const child = spawn(process.execPath, [cli, 'dev', '--root', site, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', data => {
      output += data;
    });
  const exit = new Promise(resolve => {
    child.on('exit', resolve);
  });
  exit.then(() => {
    ended = true;
  });
  const agent = new Agent({ keepAlive: true });
  const page = () => readPage(`http://127.0.0.1:${port}${pathOf(corpus.newest)}`, agent);
  const until = async text => {
    const start = performance.now();
    while (!(await page()).includes(text)) {
      if (ended) throw new Error(`the command has ended: ${output.trim().split('\n')[0]}`);
      if (performance.now() - start > patience) throw new Error(`nothing after ${patience / 1000} s`);
      await wait(2);
    }
    return performance.now() - start;
  };
  const file = articleFile(site, 'broadsheet', corpus.newest);
  const original = readFileSync(file, 'utf8');
  try {
    const start = await until(corpus.newest.title);
    const times = [];
    for (let edit = 0; edit < edits; edit++) {
      await wait(500);
      const text = `Edit ${edit} for the dev server.`;
      writeFileSync(file, `${original}\n${text}\n`);
      times.push(await until(text));
    }
    return { start, times: times.slice(2) };
  } catch (error) {
    return { problem: error.message };
  } finally {
    writeFileSync(file, original);
    agent.destroy();
    child.kill();
    await exit;
  }
}

/** Reads the text at an address; empty if there is no response. */
function readPage(address, agent) {
  return new Promise(resolve => {
    get(address, { agent }, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', data => {
        text += data;
      });
      response.on('end', () => resolve(text));
      response.on('error', () => resolve(''));
    }).on('error', () => resolve(''));
  });
}

function freePort() {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
