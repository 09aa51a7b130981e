import { describe } from 'vitest';
import { adapters } from './adapters';
import { describeLedger } from './ledger.contract';

describe.each(adapters)('the ledger %s', (_, open) => describeLedger(open));
