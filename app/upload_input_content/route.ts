/** Legacy API: the older name of `/upload`. */
export { POST } from '../upload/route';
