/** For mutation testing: writes the coverage at the end of each test file, if MUTANT_COVERAGE is set. */
import { afterAll } from 'vitest';
import { writeCoverage } from './record-coverage.mjs';

afterAll(writeCoverage);
