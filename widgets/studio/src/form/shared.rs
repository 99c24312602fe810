//! What every widget has: whom it is for, its name, its label and what it is about.

use super::Form;
use super::found::{Field, Found};
use liveroom_protocol::about::About;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::{Eligible, Label};
use liveroom_protocol::limits::LABELS;
use liveroom_protocol::time::Span;

/// What every draft has.
pub(super) struct Shared {
    /// Its name, if it is given one.
    pub(super) activity: Option<ActivityId>,
    /// Whom it is for.
    pub(super) who: Eligible,
    /// Its label and what it is about.
    pub(super) about: About,
    /// How long until it opens by itself.
    pub(super) opens_in_ms: Option<Span>,
}

impl Form {
    /// Reads what every widget has.
    pub(super) fn shared(&self, found: &mut Found) -> Shared {
        Shared {
            who: self.who(found),
            activity: match self.name.trim() {
                "" => None,
                name => ActivityId::parse(name)
                    .map_err(|no| found.wrong(Field::Name, &no))
                    .ok(),
            },
            about: self.about(found),
            opens_in_ms: found.span(Field::Own("opens"), &self.opens),
        }
    }

    pub(super) fn who(&self, found: &mut Found) -> Eligible {
        let who = Eligible {
            tiers: found.labels(Field::Who, &self.tiers),
            segments: found.labels(Field::Segments, &self.segments),
            roles: self.roles.clone(),
            points: match found.number(Field::Own("points"), &self.points, 0, 0..=u32::MAX) {
                0 => None,
                points => Some(points),
            },
        };
        if who.tiers.len() + who.segments.len() + who.roles.len() > LABELS {
            found.wrong(Field::Who, &"at most 32 tiers, segments and roles");
        }
        who
    }

    pub(super) fn about(&self, found: &mut Found) -> About {
        let about = About {
            ad: found.text(Field::Own("ad"), &self.ad, None),
            products: found.labels(Field::Own("products"), &self.products),
            brand: found.text(Field::Own("brand"), &self.brand, None),
            tags: found.labels(Field::Own("about"), &self.about_tags),
        };
        if about.products.len() > LABELS || about.tags.len() > LABELS {
            found.wrong(
                Field::Own("products"),
                &"at most 32 products, and at most 32 tags",
            );
        }
        about
    }

    /// Takes over what another activity is about, and whom it is for.
    pub(super) fn share(&mut self, who: &Eligible, about: &About) {
        let word = |label: Option<&str>| label.unwrap_or_default().to_owned();
        self.tiers = list(&who.tiers);
        self.segments = list(&who.segments);
        self.points = who
            .points
            .map_or_else(String::new, |points| points.to_string());
        self.roles.clone_from(&who.roles);
        self.ad = word(about.ad.as_ref().map(|ad| ad.as_str()));
        self.brand = word(about.brand.as_ref().map(|brand| brand.as_str()));
        self.products = list(&about.products);
        self.about_tags = list(&about.tags);
        self.name.clear();
        self.was = None;
    }
}

/// Labels as they are typed.
pub(super) fn list(labels: &[Label]) -> String {
    let words: Vec<&str> = labels.iter().map(|label| label.as_str()).collect();
    words.join(", ")
}
