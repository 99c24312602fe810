//! The style sheets as constants, so that the elements can build them in any document.
