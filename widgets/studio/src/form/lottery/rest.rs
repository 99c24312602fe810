//! What a lottery may ask of those who enter, and how its prizes are claimed.

use super::super::found::{Field, Found};
use super::{ClaimKind, Lottery};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::limits::{CONDITIONS, FORM_FIELDS, LABELS, OPTION_CHARS};
use liveroom_protocol::lottery::{ClaimBy, Condition, FormField};
use liveroom_protocol::text::Text;
use liveroom_protocol::time::Span;

/// The longest watch time that can be asked for, in minutes: a day.
const WATCH_MINUTES: u32 = 24 * 60;

impl Lottery {
    pub(super) fn conditions(&self, found: &mut Found) -> Vec<Condition> {
        let mut conditions = Vec::new();
        if let Some(word) = found.text(Field::Own("keyword"), &self.keyword, None) {
            conditions.push(Condition::Keyword {
                word: Some(word),
                shown: self.keyword_shown,
            });
        }
        let minutes = found.number(Field::Own("watched"), &self.watched, 0, 0..=WATCH_MINUTES);
        if minutes > 0 {
            let for_ms = Span(u64::from(minutes) * 60_000);
            conditions.push(Condition::Watched { for_ms });
        }
        if self.voted {
            let poll = activity(found, Field::Own("voted-in"), &self.voted_in);
            conditions.push(Condition::Voted { poll });
        }
        let words = found.labels(Field::Own("attested"), &self.attested);
        conditions.extend(words.into_iter().map(|what| Condition::Attested { what }));
        if conditions.len() > CONDITIONS {
            found.wrong(
                Field::Own("attested"),
                &"a lottery has at most 8 conditions",
            );
        }
        conditions
    }

    pub(super) fn claim(&self, found: &mut Found) -> Option<ClaimBy> {
        match self.claim {
            ClaimKind::Press => Some(ClaimBy::Press),
            ClaimKind::Code => Some(ClaimBy::Code),
            ClaimKind::Form => {
                let fields: Vec<FormField> = self
                    .asks
                    .lines()
                    .filter_map(|line| {
                        let label = line.trim().trim_end_matches('?');
                        Some(FormField {
                            label: found.text(Field::Own("asks"), label, None)?,
                            optional: line.trim().ends_with('?'),
                        })
                    })
                    .collect();
                if fields.is_empty() {
                    found.missing(Field::Own("asks"), "Write what the form asks.");
                } else if fields.len() > FORM_FIELDS {
                    found.wrong(Field::Own("asks"), &"a claim form has 1 to 10 fields");
                }
                Some(ClaimBy::Form { fields })
            }
            ClaimKind::Link => {
                let field = Field::Own("claim-link");
                if self.link.trim().is_empty() {
                    found.missing(field, "Write the address of the shop's page.");
                }
                let address = found.parse(field, &self.link)?;
                Some(ClaimBy::Link { address })
            }
        }
    }

    pub(super) fn exclusions(&self, found: &mut Found) -> Vec<Text<OPTION_CHARS>> {
        let reasons = found.lines(Field::Own("exclusions"), &self.exclusions);
        if reasons.len() > LABELS {
            found.wrong(Field::Own("exclusions"), &"at most 32 reasons to exclude");
        }
        reasons
    }

    pub(super) fn not_after(&self, found: &mut Found) -> Vec<ActivityId> {
        let field = Field::Own("not-after");
        let names = self.not_after.split(',');
        let names: Vec<_> = names
            .filter_map(|name| activity(found, field, name))
            .collect();
        if names.len() > LABELS {
            found.wrong(field, &"at most 32 other lotteries");
        }
        names
    }

    pub(super) fn round(&self, found: &mut Found) -> Option<u32> {
        let field = Field::Own("round");
        let round = found.number(field, &self.round, 0, 1..=u32::MAX);
        if round > 0 && self.draws_itself {
            let says = "a lottery with a public round is drawn by hand: the room does not fetch it";
            found.wrong(field, &says);
        }
        (round > 0).then_some(round)
    }
}

fn activity(found: &mut Found, field: Field, name: &str) -> Option<ActivityId> {
    found.parse(field, name)
}
