import type { DashTrack } from '@/lib/manifest/read-dash';
import type { PackageKey } from '@/lib/media/content-key';

/** A track, and the key that it must be encrypted with. */
export interface EncryptedTrack {
  file: string;
  kind: DashTrack['kind'];
  key: PackageKey;
}

/** A track, and what was cut of it. */
export interface SampledTrack extends EncryptedTrack {
  /** Of its first and its last segment, or of its only one; in the scratch folder. */
  samples: string[];
  /** How long the first and the last segment are. */
  firstSeconds: number;
  lastSeconds: number;
}
