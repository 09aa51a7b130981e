/** A key identifier and its AES-128 key, each as 32 lower-case hexadecimal digits. Never log it. */
export interface ContentKey {
  kidHex: string;
  keyHex: string;
}
