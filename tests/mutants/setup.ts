/** For mutation testing: writes the coverage of a test file, if record-coverage.mjs records it. */
import { afterAll } from 'vitest';

afterAll(() => (globalThis as { writeMutantCoverage?: () => void }).writeMutantCoverage?.());
