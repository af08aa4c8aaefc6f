// Reads one word a line, writes what es-hangul makes of it, a line each.
import { readFileSync } from 'node:fs';
import { romanize } from 'es-hangul';

const words = readFileSync(0, 'utf8').split('\n').filter(Boolean);
process.stdout.write(words.map(word => romanize(word) + '\n').join(''));
