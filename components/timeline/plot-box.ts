/** Where the plot stands inside the timeline's box, in pixels: the chart, its outline and the range layer agree on it. */
export const AXIS_WIDTH = 34;
export const AXIS_HEIGHT = 24;
export const PLOT_TOP = 8;
