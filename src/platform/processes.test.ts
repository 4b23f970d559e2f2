import { processesConformance } from '../../test/conformance/processes.ts';
import { processes } from './processes.ts';

processesConformance('programs of this system', processes);
