// Amounts in the language of the browser.
import { amountsIn } from '../core/amounts.ts';

export const amounts = amountsIn(undefined);
