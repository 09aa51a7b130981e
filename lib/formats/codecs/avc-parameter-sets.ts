import { BitReader } from '../bytes/bits';
import { Fields } from '../bytes/fields';

/** The configuration of a decoder: AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1.2). */
export interface AvcConfiguration {
  profileIdc: number;
  /** The bits `constraint_set0_flag` to `constraint_set5_flag`, first one highest. */
  compatibility: number;
  /** Ten times the level; 9 is level 1b as some encoders write it. */
  levelIdc: number;
  /** Bytes of the length before each NAL unit. */
  lengthBytes: number;
  sequenceParameterSets: Uint8Array[];
  pictureParameterSets: Uint8Array[];
}

/**
 * Reads the payload of an `avcC` box.
 * @throws FormatError when it ends too early
 */
export function readAvcConfiguration(avcC: Uint8Array): AvcConfiguration {
  const fields = new Fields(avcC).skip(1);
  const [profileIdc, compatibility, levelIdc] = [fields.u8(), fields.u8(), fields.u8()];
  const lengthBytes = (fields.u8() & 0x3) + 1;
  const readSets = (count: number) => Array.from({ length: count }, () => fields.bytes(fields.u16()));
  const sequenceParameterSets = readSets(fields.u8() & 0x1f);
  const pictureParameterSets = readSets(fields.u8());
  return { profileIdc, compatibility, levelIdc, lengthBytes, sequenceParameterSets, pictureParameterSets };
}

/** Profiles whose parameter sets describe chroma sampling (ISO/IEC 14496-10, 7.3.2.1.1). */
const withChromaFormat = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

/**
 * Whether a sequence parameter set allows only whole frames: its `frame_mbs_only_flag` (ISO/IEC 14496-10,
 * 7.4.2.1.1). Otherwise fields, or macroblocks of fields, may occur at any time.
 * @throws FormatError when it ends too early
 */
export function isFrameCodedOnly(sps: Uint8Array): boolean {
  const bits = new BitReader(withoutEmulationPrevention(sps.subarray(1)));
  const profileIdc = bits.read(8);
  bits.read(16); // constraint flags and level_idc
  bits.exponential(); // seq_parameter_set_id
  if (withChromaFormat.includes(profileIdc)) skipChromaFields(bits);
  bits.exponential(); // log2_max_frame_num_minus4
  skipOrderCount(bits);
  bits.exponential(); // max_num_ref_frames
  bits.read(1); // gaps_in_frame_num_value_allowed_flag
  bits.exponential(); // pic_width_in_mbs_minus1
  bits.exponential(); // pic_height_in_map_units_minus1
  return bits.read(1) === 1;
}

function skipChromaFields(bits: BitReader): void {
  const chromaFormat = bits.exponential();
  if (chromaFormat === 3) bits.read(1); // separate_colour_plane_flag
  bits.exponential(); // bit_depth_luma_minus8
  bits.exponential(); // bit_depth_chroma_minus8
  bits.read(1); // qpprime_y_zero_transform_bypass_flag
  if (bits.read(1) === 0) return; // seq_scaling_matrix_present_flag
  for (let list = 0; list < (chromaFormat === 3 ? 12 : 8); list++)
    if (bits.read(1) === 1) skipScalingList(bits, list < 6 ? 16 : 64);
}

/** ISO/IEC 14496-10, 7.3.2.1.1.1. */
function skipScalingList(bits: BitReader, size: number): void {
  let [last, next] = [8, 8];
  for (let i = 0; i < size; i++) {
    if (next !== 0) next = (last + bits.signedExponential() + 256) % 256;
    last = next === 0 ? last : next;
  }
}

function skipOrderCount(bits: BitReader): void {
  const type = bits.exponential();
  if (type === 0) bits.exponential(); // log2_max_pic_order_cnt_lsb_minus4
  if (type !== 1) return;
  bits.read(1); // delta_pic_order_always_zero_flag
  bits.exponential(); // offset_for_non_ref_pic
  bits.exponential(); // offset_for_top_to_bottom_field
  const count = bits.exponential();
  for (let i = 0; i < Math.min(count, 255); i++) bits.exponential();
}

/** ISO/IEC 14496-10, 7.3.1: the third byte of 00 00 03 is not data. */
function withoutEmulationPrevention(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, i) => !(byte === 3 && bytes[i - 1] === 0 && bytes[i - 2] === 0));
}
