/** Bytes in the clear, and protected bytes after them (ISO/IEC 23001-7, 9.5.2). */
export interface Subsample {
  clearBytes: number;
  protectedBytes: number;
}
