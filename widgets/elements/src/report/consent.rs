//! Whether anything may be reported: the page's `consent`, and the browser's Global Privacy Control.

/// What the page says of its viewer's consent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Consent {
    /// Not known yet: what happens is held in memory, for as long as the page lives.
    #[default]
    Pending,
    /// Reports may be stored and sent.
    Granted,
    /// Nothing is held, stored or sent, and what waits is dropped.
    Denied,
}

impl Consent {
    /// Reads the attribute; absent is `pending`. `None`: no such word.
    pub fn parse(text: Option<&str>) -> Option<Self> {
        match text {
            None | Some("pending") => Some(Self::Pending),
            Some("granted") => Some(Self::Granted),
            Some("denied") => Some(Self::Denied),
            Some(_) => None,
        }
    }

    /// Its name in the attribute.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Granted => "granted",
            Self::Denied => "denied",
        }
    }
}

/// The consent that holds, from what the page said so far.
///
/// Under Global Privacy Control nothing is held while consent is pending, and `granted` counts only if this page said
/// `pending` or `denied` before: a page that asks its viewer changes its mind while it runs,
/// a page that has `granted` in its markup has asked nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gate {
    said: Consent,
    asked: bool,
    control: bool,
}

impl Gate {
    /// Takes what the page says now, and whether the browser's Global Privacy Control is on.
    pub fn say(&mut self, said: Consent, control: bool) {
        self.asked |= said != Consent::Granted;
        self.said = said;
        self.control = control;
    }

    /// The consent that holds.
    pub fn holds(&self) -> Consent {
        match self.said {
            Consent::Pending | Consent::Granted if !self.control => self.said,
            Consent::Granted if self.asked => Consent::Granted,
            Consent::Pending | Consent::Granted | Consent::Denied => Consent::Denied,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Consent::{self, Denied, Granted, Pending};
    use super::Gate;

    #[test]
    fn what_holds_follows_what_was_said() {
        let table: [(&[Consent], bool, Consent); 8] = [
            (&[Pending], false, Pending),
            (&[Granted], false, Granted),
            (&[Granted, Denied], false, Denied),
            (&[Pending], true, Denied),
            (&[Granted], true, Denied),
            (&[Denied], true, Denied),
            (&[Pending, Granted], true, Granted),
            (&[Pending, Granted, Denied], true, Denied),
        ];
        for (said, control, holds) in table {
            let mut gate = Gate::default();
            for word in said {
                gate.say(*word, control);
            }
            assert_eq!(gate.holds(), holds, "{said:?}, control {control}");
        }
    }

    #[test]
    fn only_the_three_words_are_read() {
        for word in [Pending, Granted, Denied] {
            assert_eq!(Consent::parse(Some(word.name())), Some(word));
        }
        assert_eq!(Consent::parse(None), Some(Pending));
        assert_eq!(Consent::parse(Some("yes")), None);
    }
}
