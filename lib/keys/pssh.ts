/** The system id of the W3C Common PSSH (`1077efec-c0b2-4d02-ace3-3c1e52e2fb4b`). */
const commonSystemId = '1077efecc0b24d02ace33c1e52e2fb4b';

/**
 * A version-1 `pssh` box that lists KIDs (ISO/IEC 23001-7, 8.1; W3C "cenc" Initialization Data Format), for players
 * that need to know which keys to ask for.
 */
export function commonPssh(kidsHex: string[]): Buffer {
  const version1 = '01000000';
  const noData = uint32(0);
  const content = ['70737368', version1, commonSystemId, uint32(kidsHex.length), ...kidsHex, noData].join('');
  return Buffer.from(uint32(4 + content.length / 2) + content, 'hex');
}

const uint32 = (value: number) => value.toString(16).padStart(8, '0');
