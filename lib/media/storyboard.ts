/** Thumbnails for the seek bar: pictures at a steady interval, in sheets of rows and columns. */
export interface Storyboard {
  intervalSeconds: number;
  columns: number;
  rows: number;
  /** Of one picture, in pixels. */
  width: number;
  height: number;
}
