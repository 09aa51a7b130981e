/** Thumbnails for the seek bar: frames at a fixed interval, in sheets of rows and columns. */
export interface Storyboard {
  intervalSeconds: number;
  columns: number;
  rows: number;
  /** Of one thumbnail, in pixels. */
  width: number;
  height: number;
}
