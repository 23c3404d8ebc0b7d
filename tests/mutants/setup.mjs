/** For mutation testing: writes the coverage of a test file, if it is recorded. */
import { afterAll } from 'vitest';
import { writeCoverage } from './record-coverage.mjs';

afterAll(writeCoverage);
