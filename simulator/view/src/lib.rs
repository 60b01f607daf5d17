//! What a reader sees of a run: lanes, steps, captions and the static picture.
