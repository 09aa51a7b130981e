import type { OpenAdapter } from './adapters';
import { describeKeys } from './ledger/keys.contract';
import { describePackages } from './ledger/packages.contract';
import { describePublication } from './ledger/publication.contract';
import { describeTexts } from './ledger/texts.contract';
import { describeVideoLists } from './ledger/video-lists.contract';
import { describeVideos } from './ledger/videos.contract';

/** Describes what every adapter of the ledger does. */
export function describeLedger(open: OpenAdapter): void {
  describeVideos(open);
  describeVideoLists(open);
  describeTexts(open);
  describePackages(open);
  describePublication(open);
  describeKeys(open);
}
