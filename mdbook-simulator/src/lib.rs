//! The mdBook preprocessor of this site.
