import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '@/lib/base/log';
import { forgetRecords, type GroupRecord, listMarked, listRecords, startOf } from './group-records';
import { endGroup } from './process-groups';

/** On a busy machine, a process of the lowest priority takes seconds to end. */
const longestWaitMilliseconds = 20_000;

/**
 * Ends the process groups that a dead server left running (`kill -9`, no memory left), and waits until they
 * are gone, so that nothing is written any more. Only a group whose leader started at the recorded time is
 * ended: the system may have reused its id. Works on Linux, which reports when a process started; elsewhere
 * there are no records, and it does nothing.
 */
export async function endDeadGroups(root: string): Promise<void> {
  const found = [...listRecords(root), ...listMarked(root)].filter(isRunning);
  const left = [...new Map(found.map((group) => [group.leader, group])).values()];
  for (const group of left) end(group);
  const giveUpAt = Date.now() + longestWaitMilliseconds;
  while (left.some(isRunning) && Date.now() < giveUpAt) await sleep(10);
  forgetRecords(root);
}

const isRunning = ({ leader, startedAt }: GroupRecord) => startOf(leader) === startedAt;

function end({ leader }: GroupRecord): void {
  try {
    endGroup(leader);
    log().warn({ leader }, 'Ended a process group that an earlier server had left running');
  } catch (err) {
    log().warn({ err, leader }, 'A process group of an earlier server runs, and could not be ended');
  }
}
