import { describe } from 'vitest';
import { adapters } from './adapters';
import { describeJobQueue } from './job-queue.contract';

describe.each(adapters)('the queue %s', (_, open) => describeJobQueue(open));
