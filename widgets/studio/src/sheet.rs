//! The desk's style sheet: the widgets', for the preview, and its own.

/// The widgets' sheets, in the order in which they override each other.
pub(crate) const WIDGETS: [&str; 6] = [
    liveroom_styles::TOKENS,
    liveroom_styles::BASE,
    liveroom_styles::POLL,
    liveroom_styles::LOTTERY,
    liveroom_styles::QNA,
    liveroom_styles::DEAL,
];

/// All of the desk's sheet.
pub(crate) fn all() -> String {
    [WIDGETS.concat().as_str(), liveroom_styles::STUDIO].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The classes that a sheet speaks of.
    fn classes(sheet: &str) -> BTreeSet<&str> {
        let starts = |c: char| c.is_ascii_lowercase();
        let goes_on = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        sheet
            .split('.')
            .skip(1)
            .filter(|rest| rest.starts_with(starts))
            .map(|rest| &rest[..rest.find(|c| !goes_on(c)).unwrap_or(rest.len())])
            .collect()
    }

    #[test]
    fn no_class_of_the_desk_is_one_of_a_widgets() {
        let widgets = WIDGETS.concat();
        let (widgets, desk) = (classes(&widgets), classes(liveroom_styles::STUDIO));
        let both: Vec<_> = widgets.intersection(&desk).collect();
        assert!(
            desk.len() > 50 && both.is_empty(),
            "the preview is drawn beside the desk: {both:?}"
        );
    }
}
