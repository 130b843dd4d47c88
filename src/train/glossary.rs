//! [`Glossary`]: the names of all that the studio shows, each list in the order of the places that columns hold.

use serde::Serialize;

use crate::features::{FEATURES, Index};
use crate::plays;
use crate::policy::{HoldReason, Message, answers};
use crate::reason::{EVIDENCE, Reason};

/// The signals a feature is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// How the hand moves.
    Pointer,
    /// How the page is scrolled.
    Scroll,
    /// What was done when, and for how long nothing was.
    Activity,
    /// Which parts of the pages were looked at.
    Sections,
    /// Cart, pages and checkout.
    Purchase,
}

/// The last feature of each group: the table is in their order.
const GROUPS: [(Group, Index); 5] = [
    (Group::Pointer, Index::Out),
    (Group::Scroll, Index::SinceScroll),
    (Group::Activity, Index::LastAway),
    (Group::Sections, Index::Revisits),
    (Group::Purchase, Index::Momentum32),
];

/// The group of the feature at this place in [`FEATURES`].
#[must_use]
pub fn group(place: usize) -> Group {
    GROUPS.iter().find(|&&(_, last)| place <= last as usize).map_or(Group::Purchase, |&(group, _)| group)
}

/// One feature, as [`crate::features::Feature`] has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "documented at features::Feature")]
pub struct FeatureEntry {
    pub name: &'static str,
    pub unit: &'static str,
    pub min: f64,
    pub max: f64,
    pub meaning: &'static str,
    /// The signals it is made of.
    pub group: Group,
}

/// What can speak for a reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceEntry {
    /// Name of its feature.
    pub name: &'static str,
    /// Unit of its value.
    pub unit: &'static str,
    /// Place of its feature.
    pub feature: u8,
}

/// What a shop has to give for a message, as [`crate::policy::Needs`] has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "documented at policy::Needs")]
pub struct NeedsEntry {
    pub offer: &'static str,
    pub fact: Option<&'static str>,
    pub others: &'static [&'static str],
    pub cart: bool,
}

/// All tables.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Glossary {
    /// The features.
    pub features: Vec<FeatureEntry>,
    /// Thirteen reasons, then unsure.
    pub reasons: &'static [&'static str],
    /// Why there is no card.
    pub holds: &'static [&'static str],
    /// What a card says.
    pub messages: &'static [&'static str],
    /// What may be said to each reason, mildest first: places of messages.
    pub answers: Vec<Vec<u8>>,
    /// What each message needs.
    pub needs: Vec<NeedsEntry>,
    /// What speaks for reasons.
    pub evidence: Vec<EvidenceEntry>,
    /// The plays that are in force.
    pub plays: &'static [&'static str],
}

impl Glossary {
    /// The tables of this version.
    #[must_use]
    pub fn new() -> Glossary {
        let features = FEATURES.iter().enumerate().map(|(place, feature)| FeatureEntry {
            name: feature.name,
            unit: feature.unit,
            min: feature.min.into(),
            max: feature.max.into(),
            meaning: feature.meaning,
            group: group(place),
        });
        let evidence = EVIDENCE.iter().filter_map(|&(index, _)| {
            let feature = FEATURES.get(index as usize)?;
            Some(EvidenceEntry { name: feature.name, unit: feature.unit, feature: index as u8 })
        });
        let needs = Message::ALL.iter().map(|message| {
            let needs = message.needs();
            NeedsEntry { offer: needs.offer.name(), fact: needs.fact, others: needs.others, cart: needs.cart }
        });
        let places = |&reason: &Reason| answers(reason).iter().map(|&message| message as u8).collect();
        Glossary {
            answers: Reason::ALL.iter().map(places).collect(),
            needs: needs.collect(),
            features: features.collect(),
            reasons: Reason::NAMES,
            holds: HoldReason::NAMES,
            messages: Message::NAMES,
            evidence: evidence.collect(),
            plays: &plays::NAMES,
        }
    }
}

impl Default for Glossary {
    fn default() -> Glossary {
        Glossary::new()
    }
}
