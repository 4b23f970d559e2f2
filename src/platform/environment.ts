// The variables that this program was started with.
import process from 'node:process';

export const environment: Readonly<Record<string, string | undefined>> = process.env;
