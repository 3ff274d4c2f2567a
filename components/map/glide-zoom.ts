/** Closer than this, a second of driving is seen as motion; farther out it is less than a pixel or two. */
export const GLIDE_FROM_ZOOM = 13;
