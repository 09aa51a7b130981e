/** A key identifier and its AES-128 key, each as 32 lower-case hexadecimal digits. Never log it. */
export interface ContentKey {
  kidHex: string;
  keyHex: string;
}

/**
 * Which tracks a key is for. The download is one file under one key, so it has its own when tracks differ.
 */
export type KeyLabel = 'all' | 'audio' | 'sd' | 'hd' | 'uhd' | 'download';

/** A content key with the tracks that it is for. */
export interface PackageKey extends ContentKey {
  label: KeyLabel;
}

export const keyModes = ['one', 'per-track-type'] as const;
export type KeyMode = (typeof keyModes)[number];

/**
 * Systems whose signalling (PSSH, ContentProtection) can be written beside Clear Key's. Cenclave does not
 * issue their licenses.
 */
export const protectionSystems = ['widevine', 'playready'] as const;
export type ProtectionSystem = (typeof protectionSystems)[number];
